// @ts-check
// Opens the desktop VS Code and the user's own browser.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { onPath, root } from './paths.mjs';
import { Problem, say } from './steps.mjs';

/**
 * Opens a window of the desktop VS Code with the extension in development. It is separate from the user's own windows,
 * settings and extensions. Resolves when the window is closed, or when `stop` aborts and VS Code has ended.
 * @param {string} code
 * @param {{ folder: string, workspace: string, env: Record<string, string>, stop: AbortSignal }} options
 */
export async function startDesktop(code, { folder, workspace, env, stop }) {
  const userData = path.join(folder, 'desktop-user-data');
  writeFirstSettings(userData);
  const args = [
    '--user-data-dir',
    userData,
    '--extensions-dir',
    path.join(folder, 'desktop-extensions'),
    `--extensionDevelopmentPath=${root}`,
    '--disable-workspace-trust',
    '--skip-welcome',
    '--skip-release-notes',
    '--new-window',
    '--wait',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    workspace,
  ];
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_|npm_)/.test(name)),
  );
  const child = spawn(code, args, {
    env: { ...inherited, ...env },
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  say(
    'VS Code is opening. Open a file in prompts/ and press Ctrl+Alt+Enter. Close the window, or press Ctrl+C here, to end it.',
  );
  const end = () => {
    child.kill('SIGTERM');
    endWindows(userData);
  };
  if (stop.aborted) end();
  else stop.addEventListener('abort', end);
  const exitCode = await new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new Problem(`${code} could not be started: ${error.message}`)));
    child.once('exit', resolve);
  });
  if (!stop.aborted && exitCode !== 0)
    throw new Problem(
      `${code} ended with code ${exitCode}. \`npm start -- --browser\` opens VS Code in the browser instead.`,
    );
  say('Stopped');
}

/**
 * `code` only asks VS Code to open a window. VS Code writes its process ID beside its user data.
 * @param {string} userData
 */
function endWindows(userData) {
  try {
    process.kill(Number(fs.readFileSync(path.join(userData, 'code.lock'), 'utf8')), 'SIGTERM');
  } catch {
    // no window was open
  }
}

/** @param {string} userData */
function writeFirstSettings(userData) {
  const file = path.join(userData, 'User', 'settings.json');
  if (fs.existsSync(file)) return;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(
    file,
    JSON.stringify({ 'workbench.startupEditor': 'readme', 'telemetry.telemetryLevel': 'off' }, null, 2),
  );
}

/**
 * Opens an address in the user's browser, if this machine can. The address is a secret, and every user of the machine
 * can read the arguments of every process. So the browser gets a file that only this user can read, and the file leads
 * to the address.
 * @param {string} address
 * @param {string} folder where the file lies
 */
export function openInBrowser(address, folder) {
  const opener = process.platform === 'darwin' ? 'open' : ['xdg-open', 'chromium', 'google-chrome'].find(onPath);
  if (opener === undefined) return;
  const child = spawn(opener, [writeOpeningPage(address, folder)], { stdio: 'ignore', detached: true });
  child.once('error', () => {}); // the address is printed: a person can open it
  child.unref();
}

/**
 * Writes the page that leads to the address. Only this user can read it.
 * @param {string} address
 * @param {string} folder
 * @returns {string} the file
 */
export function writeOpeningPage(address, folder) {
  const file = path.join(folder, 'open.html');
  fs.rmSync(file, { force: true }); // an older file keeps its mode when it is written to
  const link = address.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const refresh = `<meta http-equiv="refresh" content="0; url=${link}">`;
  const page =
    `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer">${refresh}\n` +
    `<title>VS Code</title><a href="${link}">Open VS Code</a>\n`;
  fs.writeFileSync(file, page, { mode: 0o600, flag: 'wx' });
  return file;
}
