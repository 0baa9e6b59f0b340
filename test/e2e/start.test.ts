import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/lib/paths.mjs';
import { launchChromium, openFile, openViewContainer, treeRow, workbenchReady } from '../support/vscode/index.mjs';

describe('npm start', () => {
  const base = mkdtempSync(join(tmpdir(), 'start-'));
  const folder = join(base, 'kept');
  const temporary = join(base, 'tmp');
  /** Marks the environment of every process of this start. */
  const mark = randomUUID();
  let child: ChildProcessByStdio<null, Readable, null>;
  let printed = '';
  let browser: Browser;
  let page: Page;
  let address: URL;
  let secret: string;
  const requested: string[] = [];

  beforeAll(async () => {
    mkdirSync(temporary);
    child = spawn(process.execPath, [join(root, 'scripts/start.mjs'), '--no-open', '--folder', folder], {
      env: { ...process.env, TMPDIR: temporary, START_MARK: mark },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const printedAddress = new Promise<string>((resolve, reject) => {
      child.stdout.on('data', (chunk: Buffer) => {
        printed += chunk.toString();
        const [found] = /http:\/\/\S+(?=\s)/.exec(printed) ?? [];
        if (found !== undefined) resolve(found);
      });
      child.once('exit', () => {
        reject(new Error(`npm start ended before it printed an address:\n${printed}`));
      });
    });
    address = new URL(await printedAddress);
    secret = address.pathname.split('/')[1] ?? '';
    browser = await launchChromium();
    page = await browser.newPage();
    page.on('request', (request) => requested.push(request.url()));
    page.on('websocket', (socket) => requested.push(socket.url()));
    await page.goto(address.href);
    await workbenchReady(page);
  });
  afterAll(async () => {
    await browser?.close();
    if (child.exitCode === null) child.kill('SIGKILL');
    rmSync(base, { recursive: true, force: true });
  });

  function status(path: string, headers: http.OutgoingHttpHeaders = {}): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      const request = http.get({ host: address.hostname, port: address.port, path, headers });
      request.once('response', (response) => {
        resolve(response.resume().statusCode);
      });
      request.once('upgrade', (response, socket) => {
        socket.destroy();
        resolve(response.statusCode);
      });
      request.once('error', reject);
    });
  }

  it('prints one line for each step and no list of files', () => {
    const lines = printed.slice(0, printed.indexOf('http://')).split('\n');
    const told = lines.filter((line) => line.trim() !== '' && !line.includes('is at'));
    expect(told.map((line) => /^» (Building|Packing|Starting VS Code) … \d/.exec(line)?.[1] ?? line)).toEqual([
      expect.stringMatching(/^» Dependencies are installed$/),
      expect.stringMatching(/^» VS Code for tests is installed in /),
      'Building',
      'Packing',
      'Starting VS Code',
    ]);
  });

  it('prints one address that opens VS Code with the sandbox signed in, and nothing to type', async () => {
    expect(address.hostname).toBe('127.0.0.1');
    await openViewContainer(page, 'QuantConnect Agents');
    await treeRow(page, 'Backtest Agent').waitFor({ timeout: 60_000 });
    await openFile(page, 'prompts/momentum-qqq.prompt.md'); // the extension host runs: files come through its WebSocket
  });

  it('refuses whatever VS Code asked for, from whoever lacks the secret or comes by another name than 127.0.0.1', async () => {
    const own = requested.map((url) => new URL(url)).filter(({ host }) => host === address.host);
    const kinds = [/^\/[0-9a-f]{64}\/$/, /\/static\//, /\/_static\//, /\/vscode-remote-resource$/, /\/mint-key$/];
    for (const kind of kinds)
      expect(
        own.some(({ pathname }) => kind.test(pathname)),
        String(kind),
      ).toBe(true);
    expect(own.every(({ pathname }) => pathname.startsWith(`/${secret}/`))).toBe(true);
    const webSocket = own.find(({ protocol }) => protocol === 'ws:');
    expect(webSocket).toBeDefined();

    const key = Buffer.alloc(16).toString('base64');
    const upgrade = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': key,
    };
    // One file of each folder, because there are hundreds.
    const samples = new Map(own.map((url) => [url.pathname.replace(/[\w-]+\.\w+$/, '…'), url]));
    for (const { pathname, search, protocol } of samples.values()) {
      const headers = protocol === 'ws:' ? upgrade : {};
      expect(await status(pathname.slice(secret.length + 1) + search, headers)).toBe(403);
      expect(await status(pathname + search, { ...headers, host: `attacker.example:${address.port}` })).toBe(403);
      expect(await status(pathname + search, { ...headers, origin: 'http://attacker.example' })).toBe(403);
    }
    // the same handshake with the secret
    expect(await status(`${webSocket?.pathname ?? ''}${webSocket?.search ?? ''}`, upgrade)).toBe(101);
  });

  // The lists of processes and sockets are where Linux has them.
  it.runIf(process.platform === 'linux')(
    'shows the secret to no other user: no list of processes, no file, nothing but 127.0.0.1',
    () => {
      const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
      const argumentsOf = processes.map((pid) => quietly(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')) ?? '');
      expect(argumentsOf.some((text) => text.includes(folder))).toBe(true);
      expect(argumentsOf.filter((text) => text.includes(secret))).toEqual([]);

      const files = filesBelow(base);
      expect(files.length).toBeGreaterThan(20);
      expect(files.filter((file) => quietly(() => readFileSync(file, 'latin1'))?.includes(secret))).toEqual([]);
      expect(statSync(folder).mode & 0o077).toBe(0);

      const ours = processes.filter((pid) =>
        quietly(() => readFileSync(`/proc/${pid}/environ`, 'utf8'))?.includes(mark),
      );
      expect(ours.length).toBeGreaterThan(2);
      const LISTENS = '0A';
      const listening = ['tcp', 'tcp6']
        .flatMap(socketTable)
        .filter(
          ({ state, inode }) => state === LISTENS && ours.some((pid) => openFiles(pid).includes(`socket:[${inode}]`)),
        );
      expect(listening.map(({ local }) => local)).toEqual([
        `0100007F:${Number(address.port).toString(16).toUpperCase().padStart(4, '0')}`,
      ]);

      // Only this user can reach what code-server listens on.
      const sockets = readdirSync(temporary).filter((name) => name.startsWith('gate-'));
      expect(sockets).toHaveLength(1);
      expect(statSync(join(temporary, sockets[0] ?? '')).mode & 0o077).toBe(0);
    },
  );

  it('ends on Ctrl+C and leaves nothing that listens', async () => {
    await browser.close();
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([0, null]);
    await expect(status('/')).rejects.toThrow('ECONNREFUSED');
    expect(readdirSync(temporary)).toEqual([]);
  });
});

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

function openFiles(pid: string): string[] {
  const descriptors = quietly(() => readdirSync(`/proc/${pid}/fd`)) ?? [];
  return descriptors.map((descriptor) => quietly(() => readlinkSync(`/proc/${pid}/fd/${descriptor}`)) ?? '');
}

function socketTable(name: string): { local: string; state: string; inode: string }[] {
  const lines = (quietly(() => readFileSync(`/proc/net/${name}`, 'utf8')) ?? '').split('\n').slice(1);
  return lines
    .map((line) => line.trim().split(/\s+/))
    .map((fields) => ({ local: fields[1] ?? '', state: fields[3] ?? '', inode: fields[9] ?? '' }));
}

/** A process and its files can be gone when we look. */
function quietly<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
