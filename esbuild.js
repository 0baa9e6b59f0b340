// Bundles the extension, the page of the conversation panel, its toolkit, and the sandbox's command line.
//
// The extension is built in two steps. esbuild splits only ES modules, and VS Code's forks load CommonJS with the least
// trouble: so it is split as ES modules first and each chunk is then turned into CommonJS. What is imported by
// `import()` stays a file of its own and is neither read nor run before its first use: that is how `activate()` loads
// no library.
const esbuild = require('esbuild');
const fs = require('node:fs');
const path = require('node:path');

const watch = process.argv.includes('--watch');
const dist = path.join(__dirname, 'dist');

const common = {
  bundle: true,
  logLevel: 'warning',
  minify: true,
  legalComments: 'linked',
  metafile: true,
  absWorkingDir: __dirname,
};

/** Turns every chunk of the ES module build into CommonJS, in place. */
const toCommonJs = {
  name: 'to-commonjs',
  setup(build) {
    build.onEnd(async (result) => {
      if (result.errors.length > 0) return;
      for (const file of Object.keys(result.metafile.outputs)) {
        if (!file.endsWith('.js')) continue;
        const absolute = path.join(__dirname, file);
        const { code } = await esbuild.transform(fs.readFileSync(absolute, 'utf8'), {
          format: 'cjs',
          target: 'node20',
          minify: true,
          legalComments: 'none',
          supported: { 'dynamic-import': false }, // becomes require(): Node's own import() would not see the names a minified CommonJS chunk exports
        });
        fs.writeFileSync(absolute, code);
      }
      // Which source went into which chunk: read by the test that holds the set of modules loaded at activation.
      fs.writeFileSync(path.join(dist, 'extension.meta.json'), JSON.stringify(result.metafile));
    });
  },
};

const builds = [
  {
    ...common,
    entryPoints: { extension: 'src/extension.ts' },
    outdir: 'dist',
    format: 'esm',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    platform: 'node',
    target: 'node20',
    external: ['vscode'],
    mainFields: ['module', 'main'],
    plugins: [toCommonJs],
  },
  {
    ...common,
    entryPoints: { 'sandbox-server': 'src/sandbox/server.ts' },
    outdir: 'dist',
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
  },
  {
    ...common,
    entryPoints: { conversation: 'webview-ui/conversation/main.ts' },
    outdir: 'dist/webview',
    format: 'esm',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    platform: 'browser',
    target: ['chrome128'],
  },
  {
    ...common,
    // A bundle of its own: archived, large, not tree-shakeable, and not needed for the first paint.
    entryPoints: { toolkit: 'webview-ui/shared/toolkit.ts', style: 'webview-ui/conversation/style.css' },
    outdir: 'dist/webview',
    format: 'iife',
    platform: 'browser',
    target: ['chrome128'],
  },
];

async function main() {
  fs.rmSync(dist, { recursive: true, force: true });
  fs.mkdirSync(dist, { recursive: true });
  if (!watch) {
    await Promise.all(builds.map((options) => esbuild.build(options)));
    return;
  }
  await Promise.all(builds.map(async (options) => (await esbuild.context({ ...options, logLevel: 'info' })).watch()));
}

// The page's tests build with these options too, into a folder of their own.
module.exports = { builds };

if (require.main === module) {
  main().catch((error) => {
    if (!error.errors) console.error(error);
    process.exit(1);
  });
}
