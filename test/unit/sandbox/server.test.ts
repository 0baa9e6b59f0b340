import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { parseArguments } from '../../../src/sandbox/commandLine';
import { until } from '../../support/poll.mjs';
import { signedHeaders } from './signing';

const SCRIPT = path.join(__dirname, '..', '..', '..', 'scripts', 'sandbox.mjs');

describe('npm run sandbox', () => {
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
  });

  function start(...args: string[]): { child: ChildProcess; output: () => string; errors: () => string } {
    const child = spawn(process.execPath, [SCRIPT, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    children.push(child);
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    return { child, output: () => output, errors: () => errors };
  }

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'prints one line of JSON, answers, and ends on %s',
    async (signal) => {
      const { child, output, errors } = start('--speed', '50', '--seed', '3');
      await until('a line is printed', () => {
        expect(child.exitCode, errors()).toBeNull();
        return output().includes('\n');
      });
      const { url, userId, apiToken, organizationId, ...rest } = JSON.parse(output()) as Record<string, string>;
      expect(rest).toEqual({});
      expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/v2$/);
      const response = await fetch(`${url ?? ''}/agents/list`, {
        method: 'POST',
        headers: signedHeaders({ userId: userId ?? '', apiToken: apiToken ?? '' }, Date.now()),
        body: JSON.stringify({ organizationId }),
      });
      expect(await response.json()).toMatchObject({ success: true });
      child.kill(signal);
      const [code] = (await once(child, 'exit')) as [number | null];
      expect(code).toBe(0);
      expect(output().trimEnd().split('\n')).toHaveLength(1);
      expect(errors()).toBe('');
    },
    30_000,
  );

  it('has another token at each start, and the same one for the same seed', async () => {
    const tokenOf = async (...args: string[]): Promise<string> => {
      const { child } = start(...args);
      const [line] = (await once(child.stdout ?? child, 'data')) as [Buffer];
      return (JSON.parse(line.toString()) as { apiToken: string }).apiToken;
    };
    const [first, second, seeded, again] = await Promise.all([
      tokenOf(),
      tokenOf(),
      tokenOf('--seed', '3'),
      tokenOf('--seed', '3'),
    ]);
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(second).not.toBe(first);
    expect(again).toBe(seeded);
  }, 30_000);

  it('ends with the shell in which npm started it, although that shell passes no signal on', async () => {
    // As npm does: a shell that waits for the server.
    const shell = spawn('sh', ['-c', `"${process.execPath}" "${SCRIPT}"; true`], {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, npm_lifecycle_event: 'sandbox' },
    });
    children.push(shell);
    const [line] = (await once(shell.stdout, 'data')) as [Buffer];
    const { url } = JSON.parse(line.toString()) as { url: string };
    expect((await fetch(`${url}/authenticate`, { method: 'POST' })).status).toBe(401);
    shell.kill('SIGTERM');
    await expect
      .poll(
        () =>
          fetch(`${url}/authenticate`, { method: 'POST' }).then(
            () => 'answers',
            () => 'gone',
          ),
        { timeout: 10_000 },
      )
      .toBe('gone');
  }, 30_000);

  it('says what is wrong with its arguments and ends with code 2', async () => {
    const { child, output, errors } = start('--speed', 'fast');
    const [code] = (await once(child, 'exit')) as [number | null];
    expect(code).toBe(2);
    expect(errors()).toContain('--speed must be a number above 0, not “fast”.');
    expect(output()).toBe('');
  }, 30_000);
});

describe('The arguments of the sandbox', () => {
  it('are all optional', () => {
    expect(parseArguments([])).toEqual({
      kind: 'run',
      args: { port: 0, speed: 1, seed: undefined, latencyMs: 0, idleExitMinutes: 120 },
    });
  });

  it('are read in either form', () => {
    expect(
      parseArguments(['--port=8123', '--speed', '2.5', '--seed', '7', '--latency', '20', '--idle-exit', '0']),
    ).toEqual({
      kind: 'run',
      args: { port: 8123, speed: 2.5, seed: 7, latencyMs: 20, idleExitMinutes: 0 },
    });
    expect(parseArguments(['--help']).kind).toBe('help');
  });

  it.each([
    [['--port', '70000']],
    [['--port', '-1']],
    [['--port', '1.5']],
    [['--speed', '0']],
    [['--speed', 'Infinity']],
    [['--speed', '']],
    [['--seed', 'x']],
    [['--latency', '-5']],
    [['--idle-exit', 'soon']],
    [['--unknown']],
    [['extra']],
    [['--port']],
  ])('are refused when they are wrong: %j', (argv) => {
    const parsed = parseArguments(argv);
    expect(parsed.kind).toBe('wrong');
    expect(parsed.kind === 'wrong' && parsed.problem.length).toBeGreaterThan(10);
  });
});
