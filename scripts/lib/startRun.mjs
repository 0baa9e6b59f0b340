// @ts-check
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { openInBrowser, startDesktop } from './desktop.mjs';
import { onPath, root, scratch, vsix } from './paths.mjs';
import { exitOnSignals, stopSignal } from './process.mjs';
import { Problem, runScript, say, step } from './steps.mjs';
import { ensureTools } from './tools.mjs';

const HELP = `npm start [-- --no-open] [-- --port N] [-- --browser] [-- --folder F]

Opens VS Code with the extension, its sandbox signed in and a small example workspace. Nothing is sent anywhere.
The desktop VS Code opens when its \`code\` command is on PATH, else VS Code in the browser.

  --browser   VS Code in the browser, also where a desktop VS Code is
  --no-open   VS Code in the browser; only prints its address
  --port N    VS Code in the browser, at this port of 127.0.0.1
  --folder F  where workspace and settings stay until you delete them (default: .tmp/start)

Ctrl+C ends it. VS Code in the browser opens only at the whole printed address: a part of it is new at each start and secret.
`;

/** Signs in to the sandbox if nobody is signed in. */
const SANDBOX = { QUANT_AGENTS_SANDBOX: '1' };

/** Installs, builds and opens VS Code. Resolves when it has ended. */
export async function main() {
  await runScript(async () => {
    const { values } = parseArgs({
      options: {
        'no-open': { type: 'boolean' },
        browser: { type: 'boolean' },
        port: { type: 'string' },
        folder: { type: 'string' },
        help: { type: 'boolean' },
      },
    });
    if (values.help) return console.log(HELP);
    const port = values.port === undefined ? undefined : portNumber(values.port);
    const desktop = values.browser || values['no-open'] || port !== undefined ? undefined : desktopCode();
    const folder = path.resolve(values.folder ?? path.join(scratch, 'start'));
    const stopExiting = exitOnSignals();

    await ensureDependencies();
    if (!desktop) await ensureTools({ browser: false, vscode: true });
    await step('Building', build);
    const workspace = exampleWorkspace(folder);
    stopExiting();
    const stop = stopSignal();
    if (desktop) await startDesktop(desktop, { folder, workspace, env: SANDBOX, stop });
    else await startInBrowser({ folder, workspace, port, open: !values['no-open'], stop });
  });
}

/** @param {string} text */
function portNumber(text) {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Problem(`--port takes a number from 1 to 65535, not "${text}".`);
  return port;
}

/** The command of the desktop VS Code, if it can open a window from here. */
function desktopCode() {
  const code = onPath('code');
  if (code === undefined) return undefined;
  // In a terminal of a remote VS Code, `code` controls that window and cannot load an extension in development.
  const reason = process.env['VSCODE_IPC_HOOK_CLI']
    ? 'it belongs to a remote window'
    : hasDisplay()
      ? undefined
      : 'there is no display';
  if (reason === undefined) return code;
  say(`Found ${code}, but ${reason}: using VS Code in the browser`);
  return undefined;
}

function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}

/** The user's own copy. Edits stay from one start to the next and never appear in git. @param {string} folder */
function exampleWorkspace(folder) {
  const workspace = path.join(folder, 'workspace');
  fs.cpSync(path.join(root, 'examples/workspace'), workspace, { recursive: true, force: false });
  return workspace;
}

/**
 * @param {{ folder: string, workspace: string, port: number | undefined, open: boolean, stop: AbortSignal }} options
 */
async function startInBrowser({ folder, workspace, port, open, stop }) {
  const { packageExtension } = await import('./vsix.mjs');
  await step('Packing', packageExtension);
  const { startServer } = await import('../../test/support/vscode/server.mjs');
  // The user's own environment, for terminals and Lean credentials, without what would connect code-server to an outer
  // VS Code.
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(VSCODE_|ELECTRON_|npm_|(NODE_OPTIONS|PATH|TMPDIR|HOME)$)/.test(name),
    ),
  );
  const server = await step('Starting VS Code', () =>
    startServer({
      folder,
      vsix: [vsix],
      env: { ...inherited, ...SANDBOX },
      settings: { 'workbench.startupEditor': 'readme' },
      home: process.env['HOME'] ?? folder,
      ...(port === undefined ? {} : { port }),
      keepSettings: true,
    }).catch((error) => {
      throw new Problem(error.message);
    }),
  );
  const address = `${server.base}/?folder=${encodeURIComponent(workspace).replaceAll('%2F', '/')}`;
  console.log(
    `\n  VS Code with Agents for QuantConnect is at\n\n    ${address}\n\n  Open a file in prompts/ and press Ctrl+Alt+Enter. Ctrl+C here ends it.\n`,
  );
  console.log(
    '  The address is the key to a terminal on this machine: keep it to yourself. It ends with this start.\n',
  );
  if (open && hasDisplay()) openInBrowser(address, folder);
  const stopped = new Promise((resolve) => {
    if (stop.aborted) resolve(undefined);
    else stop.addEventListener('abort', resolve);
  });
  await Promise.race([server.exited, stopped]);
  await server.stop();
  if (!stop.aborted) throw new Problem(`VS Code ended by itself:\n${server.log().slice(-2000)}`);
  say('Stopped');
}
