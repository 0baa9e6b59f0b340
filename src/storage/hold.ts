import { createHash } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long another process has to show that it took the same socket file at the same time. */
const SETTLING_MS = 50;

/** Something that one process on this machine holds at a time. */
export interface Hold {
  release(): Promise<void>;
}

/**
 * Takes hold of a name, unless another process or an earlier call holds it: then undefined. The operating system lets
 * go when the process ends, however it ends. A lock file would stay behind after a crash, and process ids are used
 * again: neither can tell a dead owner from a live one.
 * It is a local socket that nobody talks to.
 */
export async function takeHold(name: string): Promise<Hold | undefined> {
  const address = addressOf(createHash('sha256').update(name).digest('hex').slice(0, 24));
  const server = await listen(address);
  if (server) return holdOf(server);
  if (!path.isAbsolute(address) || process.platform === 'win32' || (await isAnswered(address))) return undefined;
  // The file of a socket outlives its process.
  await rm(address, { force: true });
  return takeOver(address);
}

async function takeOver(address: string): Promise<Hold | undefined> {
  const server = await listen(address);
  if (!server) return undefined;
  const { ino } = await stat(address);
  await sleep(SETTLING_MS);
  const now = await stat(address).catch(() => undefined);
  // Closing it would remove the file of the process that was quicker.
  return now?.ino === ino ? holdOf(server) : undefined;
}

function addressOf(key: string): string {
  const name = `quant-agents-${key}`;
  const platform: string = process.platform;
  switch (platform) {
    case 'win32':
      return `\\\\.\\pipe\\${name}`;
    // Abstract: without a file.
    case 'linux':
      return `\0${name}`;
    default:
      return path.join(os.tmpdir(), `${name}.sock`);
  }
}

/** Undefined: the address is taken. */
function listen(address: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.destroy();
    });
    // It must not keep the process alive.
    server.unref();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || (process.platform === 'win32' && error.code === 'EACCES')) resolve(undefined);
      else reject(error);
    });
    server.listen(address, () => resolve(server));
  });
}

function isAnswered(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address);
    const say = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => say(true));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      say(error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT');
    });
  });
}

function holdOf(server: Server): Hold {
  return {
    release: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
      }),
  };
}
