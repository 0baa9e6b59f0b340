// The sandbox's command line: `npm run sandbox`. It is bundled separately, as dist/sandbox-server.js.
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import { systemClock } from '../core/base/clock';
import { timerMs } from '../core/base/timers';
import { parseArguments, type SandboxArguments } from './commandLine';
import { SANDBOX_CREDENTIALS } from './credentials';
import { SandboxEngine } from './engine';
import { API_PREFIX, createSandboxServer } from './httpServer';
import { hexOf } from './random';

function main(): void {
  const parsed = parseArguments(process.argv.slice(2));
  switch (parsed.kind) {
    case 'help':
      process.stdout.write(parsed.text);
      return;
    case 'wrong':
      process.stderr.write(`${parsed.problem}\nSee: npm run sandbox -- --help\n`);
      process.exitCode = 2;
      return;
    case 'run':
      run(parsed.args);
  }
}

function run({ port, speed, seed, latencyMs, idleExitMinutes }: SandboxArguments): void {
  // Its own token, because the one inside the extension is no secret. A seed promises the same answers, so also the
  // same token.
  const apiToken = seed === undefined ? randomBytes(32).toString('hex') : hexOf(`api token ${String(seed)}`, 64);
  const credentials = { userId: SANDBOX_CREDENTIALS.userId, apiToken };
  const engine = new SandboxEngine({ clock: systemClock, speed, seed, credentials });
  let idle: NodeJS.Timeout | undefined;
  const restartIdle = (): void => {
    clearTimeout(idle);
    if (idleExitMinutes > 0) idle = setTimeout(stop, timerMs(idleExitMinutes * 60_000));
  };
  const server = createSandboxServer({ engine, latencyMs, onRequest: restartIdle });
  // npm's shell ends on a signal without passing it on. So a server that npm started must end when that shell is gone.
  // scripts/sandbox.mjs notes the shell before it builds, because the shell can be gone by now.
  const parent = Number(process.env['SANDBOX_PARENT_PID'] ?? process.ppid);
  const orphaned =
    process.env['npm_lifecycle_event'] === undefined
      ? undefined
      : setInterval(() => {
          if (process.ppid !== parent) stop();
        }, 250);
  const stop = (): void => {
    clearTimeout(idle);
    clearInterval(orphaned);
    server.close();
    server.closeAllConnections();
  };
  server.on('error', (error: NodeJS.ErrnoException) => {
    clearTimeout(idle);
    clearInterval(orphaned);
    process.stderr.write(
      error.code === 'EADDRINUSE'
        ? `Port ${String(port)} is taken. Choose another, or 0 for any free one.\n`
        : `${error.message}\n`,
    );
    process.exitCode = 1;
  });
  server.listen(port, '127.0.0.1', () => {
    const { port: taken } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${String(taken)}${API_PREFIX}`;
    process.stdout.write(
      `${JSON.stringify({ url, ...credentials, organizationId: engine.preferredOrganizationId })}\n`,
    );
  });
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  restartIdle();
}

main();
