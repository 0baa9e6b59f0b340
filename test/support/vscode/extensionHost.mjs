// @ts-check
// The process that runs the extensions.
import { execFileSync } from 'node:child_process';

/** @import { Server } from './server.mjs' */

/**
 * Kills the extension host of a server, as a crash does. VS Code starts another one by itself.
 * @param {Server} server
 */
export function killExtensionHost(server) {
  const processes = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => {
      const [pid = '', parent = '', ...args] = line.trim().split(/\s+/);
      return { pid: Number(pid), parent: Number(parent), args: args.join(' ') };
    });
  const own = new Set(processes.filter(({ args }) => args.includes(server.folder)).map(({ pid }) => pid));
  for (let size = -1; size !== own.size;) {
    size = own.size;
    for (const { pid, parent } of processes) if (own.has(parent)) own.add(pid);
  }
  const hosts = processes.filter(({ pid, args }) => own.has(pid) && args.includes('--type=extensionHost'));
  if (hosts.length === 0) throw new Error('The server has no extension host.');
  for (const { pid } of hosts) process.kill(pid, 'SIGKILL');
}
