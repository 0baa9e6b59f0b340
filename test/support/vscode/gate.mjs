// @ts-check
// The only way into a VS Code that tests or `npm start` serve. Whoever reaches that VS Code has a terminal on this
// machine. So code-server listens on a socket file in a private folder. This gate listens on 127.0.0.1 and lets in
// requests with the secret of this start.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import http from 'node:http';
import net from 'node:net';

/**
 * @typedef {object} Gate
 * @property {string} host such as 127.0.0.1:40123
 * @property {string} base the address of the server behind the gate, with the secret in it:
 * http://127.0.0.1:40123/<secret>
 * @property {() => Promise<void>} close
 *
 * @typedef {{ headers: http.IncomingHttpHeaders, url?: string | undefined }} Asked
 */

/**
 * Headers that say what a server behind a proxy believes about its address. Only a real proxy may set them, and this
 * one does not.
 */
const SAID_BY_PROXIES = /^(forwarded|x-forwarded-.*|x-original-.*)$/i;

/**
 * Opens the gate for a server that listens on a socket file. The secret is in the path, not in a cookie: browsers send
 * the cookies of 127.0.0.1 to every port, so also to another user's server.
 * @param {{ socketFile: string, port?: number | undefined }} options port: a free one by default
 * @returns {Promise<Gate>}
 */
export async function openGate({ socketFile, port }) {
  const secret = randomBytes(32).toString('hex');
  const agent = new http.Agent({ keepAlive: true });
  /** @type {Set<import('node:stream').Duplex>} */
  const upgraded = new Set();
  let hosts = /** @type {string[]} */ ([]);
  const server = http.createServer((request, response) => {
    const path = pathInside(request, secret, hosts);
    if (path === undefined) response.writeHead(403, { 'content-type': 'text/plain', connection: 'close' }).end(REFUSAL);
    else forward(request, response, { socketFile, agent, path });
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const path = pathInside(request, secret, hosts);
    if (path === undefined)
      return socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    upgraded.add(socket);
    socket.once('close', () => upgraded.delete(socket));
    connect(request, socket, head, { socketFile, path });
  });
  await listen(server, port);
  const address = server.address();
  const taken = typeof address === 'object' && address ? address.port : port;
  hosts = ['127.0.0.1', 'localhost'].flatMap((name) => (taken === 80 ? [name, `${name}:80`] : [`${name}:${taken}`]));
  const host = `127.0.0.1:${taken}`;
  return {
    host,
    base: `http://${host}/${secret}`,
    close: async () => {
      const closed = new Promise((resolve) => {
        server.close(resolve);
      });
      server.closeAllConnections();
      for (const socket of upgraded) socket.destroy();
      agent.destroy();
      await closed;
    },
  };
}

const REFUSAL = 'This address is not complete. Use the whole address that was printed at the start.\n';

/**
 * The path after the secret. Undefined: the request is refused. A page whose name points to 127.0.0.1 sends its own
 * name as Host. Another page sends its own address as Origin.
 * @param {Asked} asked @param {string} secret @param {readonly string[]} hosts
 */
function pathInside({ headers, url = '' }, secret, hosts) {
  const host = headers.host?.toLowerCase();
  if (host === undefined || !hosts.includes(host)) return undefined;
  if (headers.origin !== undefined && headers.origin.toLowerCase() !== `http://${host}`) return undefined;
  const [, shown = '', rest = ''] = /^\/([^/?]*)(.*)$/s.exec(url) ?? [];
  if (!timingSafeEqual(digest(shown), digest(secret))) return undefined;
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/** @param {string} text */
const digest = (text) => createHash('sha256').update(text).digest();

/** @param {readonly string[]} raw names and values by turns, as they came in */
function withoutForwarded(raw) {
  /** @type {string[]} */
  const kept = [];
  for (let i = 0; i + 1 < raw.length; i += 2)
    if (!SAID_BY_PROXIES.test(String(raw[i]))) kept.push(String(raw[i]), String(raw[i + 1]));
  return kept;
}

/**
 * @param {http.IncomingMessage} request @param {http.ServerResponse} response
 * @param {{ socketFile: string, agent: http.Agent, path: string }} to
 */
function forward(request, response, { socketFile, agent, path }) {
  const onward = http.request(
    { socketPath: socketFile, agent, method: request.method, path, headers: withoutForwarded(request.rawHeaders) },
    (answer) => {
      // The path has the secret, so no other server may get it as the Referer.
      response.writeHead(answer.statusCode ?? 502, [...answer.rawHeaders, 'Referrer-Policy', 'same-origin']);
      answer.pipe(response);
      answer.once('error', () => response.destroy());
    },
  );
  onward.once('error', () => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502, { 'content-type': 'text/plain' }).end('VS Code does not answer.\n');
  });
  response.once('close', () => onward.destroy());
  request.pipe(onward);
}

/**
 * @param {http.IncomingMessage} request @param {import('node:stream').Duplex} socket @param {Buffer} head
 * @param {{ socketFile: string, path: string }} to
 */
function connect(request, socket, head, { socketFile, path }) {
  const onward = net.connect(socketFile, () => {
    const headers = withoutForwarded(request.rawHeaders);
    const lines = [`${request.method} ${path} HTTP/1.1`];
    for (let i = 0; i + 1 < headers.length; i += 2) lines.push(`${headers[i]}: ${headers[i + 1]}`);
    onward.write(`${lines.join('\r\n')}\r\n\r\n`);
    if (head.length > 0) onward.write(head);
    onward.pipe(socket).pipe(onward);
  });
  onward.once('error', () => socket.destroy());
  onward.once('close', () => socket.destroy());
  socket.once('close', () => onward.destroy());
}

/** @param {http.Server} server @param {number} [port] @returns {Promise<void>} */
function listen(server, port = 0) {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const taken = /** @type {NodeJS.ErrnoException} */ (error).code === 'EADDRINUSE';
      reject(taken ? new Error(`Port ${port} is taken. Choose another one, or none for any free one.`) : error);
    });
    server.listen(port, '127.0.0.1', () => resolve());
  });
}
