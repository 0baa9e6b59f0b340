// @ts-check
// A real VS Code, served to a browser: code-server behind a gate on 127.0.0.1.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { codeServer, node24 } from '../../../scripts/lib/paths.mjs';
import { until } from '../poll.mjs';
import { openGate } from './gate.mjs';

/**
 * @typedef {object} ServerOptions
 * @property {Record<string, unknown>} [settings] user settings on top of QUIET_SETTINGS
 * @property {Record<string, string | undefined>} [env] environment of the server and thus of its extension hosts, on
 * top of a clean one
 * @property {string[]} [vsix] packaged extensions to install first
 * @property {number} [port] a free one by default
 * @property {string} [folder] where user data, extensions and logs lie and stay; a temporary folder that stop() removes
 * by default
 * @property {boolean} [keepSettings] leaves the settings of an earlier start in `folder` as they are
 * @property {string} [home] the home folder the server sees; one of its own by default, so that no test reads a
 * person's credentials
 *
 * @typedef {object} Server
 * @property {string} base the address of VS Code, with the secret of this start in it: http://127.0.0.1:40123/<secret>
 * @property {string} host such as 127.0.0.1:40123
 * @property {string} folder
 * @property {string} settingsFile the user settings: read when a page loads
 * @property {() => string} log what the server has printed
 * @property {Promise<void>} exited
 * @property {() => Promise<void>} stop ends the server with its extension hosts
 */

/** Turns off what asks, advertises, uses the network or changes by itself. */
const QUIET_SETTINGS = Object.freeze({
  'workbench.startupEditor': 'none',
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.enabled': false,
  'remote.autoForwardPorts': false, // else each port that a terminal or a test opens is announced
  'git.openRepositoryInParentFolders': 'never',
  'files.autoSave': 'off', // as on the desktop: the browser saves after each change
});

const leash = fileURLToPath(new URL('leash.mjs', import.meta.url));

/**
 * Starts a VS Code server. Rejects with the server's log if it does not start within a minute.
 * @param {ServerOptions} [options]
 * @returns {Promise<Server>}
 */
export async function startServer({
  settings = {},
  env = {},
  vsix = [],
  port,
  folder,
  home,
  keepSettings = false,
} = {}) {
  if (!fs.existsSync(codeServer))
    throw new Error(`No VS Code in ${codeServer}: run \`npm test\` once, it installs one.`);
  const at = folder ?? fs.mkdtempSync(path.join(os.tmpdir(), 'vscode-'));
  makePrivate(at);
  const inside = (/** @type {string} */ name) => {
    const made = path.join(at, name);
    fs.mkdirSync(made, { recursive: true });
    return made;
  };
  const userData = inside('user-data');
  const settingsFile = path.join(inside('user-data/User'), 'settings.json');
  if (!keepSettings || !fs.existsSync(settingsFile))
    fs.writeFileSync(settingsFile, JSON.stringify({ ...QUIET_SETTINGS, ...settings }, null, 2));
  const common = [
    '--user-data-dir',
    userData,
    '--extensions-dir',
    inside('extensions'),
    '--config',
    path.join(at, 'config.yaml'),
  ];
  const logFile = path.join(at, 'server.log');
  const log = () => (fs.existsSync(logFile) ? fs.readFileSync(logFile, 'utf8') : '');
  const environment = {
    // A new environment, because VSCODE_* of an outer VS Code would connect code-server to it.
    PATH: `${path.dirname(node24)}${path.delimiter}${process.env['PATH'] ?? '/usr/bin:/bin'}`,
    HOME: home ?? inside('home'),
    TMPDIR: inside('tmp'),
    LANG: 'C.UTF-8',
    SHELL: '/bin/bash',
    XDG_DATA_HOME: inside('home/.local/share'),
    EXTENSIONS_GALLERY: '{}', // no marketplace is asked
    ...env,
  };
  const start = (/** @type {string[]} */ args) => {
    const descriptor = fs.openSync(logFile, 'a');
    const child = spawn(process.execPath, [leash, node24, codeServer, ...common, ...args], {
      env: environment,
      stdio: ['pipe', descriptor, descriptor],
      detached: true,
    });
    fs.closeSync(descriptor);
    return child;
  };

  for (const file of vsix) await install(start, file, log);
  // code-server asks for no password. Its socket is in a folder that other users cannot enter, and the gate asks for a
  // secret. The folder is not `at`, because that path can be too long for a socket (107 characters).
  const sockets = fs.mkdtempSync(path.join(os.tmpdir(), 'gate-'));
  const socketFile = path.join(sockets, 'server');
  const gate = await openGate({ socketFile, port }).catch(async (error) => {
    await remove(sockets);
    throw error;
  });
  const child = start([
    '--auth',
    'none',
    '--socket',
    socketFile,
    '--socket-mode',
    '600',
    '--session-socket',
    path.join(sockets, 'session'),
    '--disable-telemetry',
    '--disable-update-check',
    '--disable-workspace-trust',
    '--disable-getting-started-override',
    '--ignore-last-opened',
    '--vscode-option',
    'disable-experiments',
  ]);
  /** @type {Promise<void>} */
  const exited = new Promise((resolve) => {
    child.once('exit', () => resolve());
  });
  const stop = async () => {
    child.stdin?.destroy(); // lets go of the leash
    await exited;
    await gate.close();
    await remove(sockets);
    if (folder === undefined && !process.env['KEEP_VSCODE']) await remove(at);
  };

  const { host, base } = gate;
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  await until('code-server answers', async () => hasEnded() || (await answers(`${base}/healthz`)), {
    timeoutMs: 60_000,
  }).catch(() => {});
  if (hasEnded() || !(await answers(`${base}/healthz`))) {
    const said = log();
    await stop();
    throw new Error(`code-server did not start on ${host}:\n${said}`);
  }
  void answers(`${base}/?ew=true`); // VS Code's own part loads with the first page, 2 s: meanwhile the browser starts
  return { base, host, folder: at, settingsFile, log, exited, stop };
}

/**
 * An installed extension always loads. A folder that is linked into the extensions folder counts only before that
 * folder's first start.
 * @param {(args: string[]) => import('node:child_process').ChildProcess} start
 * @param {string} file
 * @param {() => string} log
 */
async function install(start, file, log) {
  const child = start(['--install-extension', file, '--force']);
  await new Promise((resolve) => {
    child.once('exit', resolve);
  });
  // The leash ends with its group, so the exit code says nothing.
  if (!log().includes('was successfully installed')) throw new Error(`VS Code could not install ${file}:\n${log()}`);
}

/** @param {string} url */
async function answers(url) {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

/** Only this user may read the logs, settings and secrets of a VS Code. @param {string} folder */
function makePrivate(folder) {
  fs.mkdirSync(folder, { recursive: true });
  fs.chmodSync(folder, 0o700);
}

/** A killed process may still be writing its last file. @param {string} folder */
async function remove(folder) {
  await fs.promises.rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
