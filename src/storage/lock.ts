import { createHash } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long we wait to see whether another process has replaced our socket file. */
const SETTLING_MS = 50;

/** A name that this process has locked. */
export interface Lock {
  release(): Promise<void>;
}

/**
 * Locks a name on this computer. Undefined: another process or an earlier call has locked it.
 * The lock is a local socket that nobody talks to, so it ends with its process, even after a crash. A lock file would
 * stay, and systems use process IDs again. Neither would show whether the owner still lives.
 */
export async function lock(name: string): Promise<Lock | undefined> {
  const address = addressOf(createHash('sha256').update(name).digest('hex').slice(0, 24));
  const server = await listen(address);
  if (server) return lockOf(server);
  if (!path.isAbsolute(address) || process.platform === 'win32' || (await isAnswered(address))) return undefined;
  // The file of a socket stays when its process has crashed.
  await rm(address, { force: true });
  return replaceSocket(address);
}

async function replaceSocket(address: string): Promise<Lock | undefined> {
  const server = await listen(address);
  if (!server) return undefined;
  const { ino } = await stat(address);
  await sleep(SETTLING_MS);
  const current = await stat(address).catch(() => undefined);
  // Another process was quicker. We do not close our socket: that would remove the file of the other process.
  return current?.ino === ino ? lockOf(server) : undefined;
}

function addressOf(key: string): string {
  const name = `quant-agents-${key}`;
  const platform: string = process.platform;
  switch (platform) {
    case 'win32':
      return `\\\\.\\pipe\\${name}`;
    // An abstract socket has no file.
    case 'linux':
      return `\0${name}`;
    default:
      return path.join(os.tmpdir(), `${name}.sock`);
  }
}

/** Undefined: the address is in use. */
function listen(address: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.destroy();
    });
    // The lock must not keep the process alive.
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
    const answer = (isAnswered: boolean): void => {
      socket.destroy();
      resolve(isAnswered);
    };
    socket.once('connect', () => answer(true));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      answer(error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT');
    });
  });
}

function lockOf(server: Server): Lock {
  return {
    release: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
      }),
  };
}
