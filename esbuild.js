// Bundles the extension, the page of the conversation panel, its toolkit, and the sandbox's command line.
// The extension is built in two steps. esbuild splits only ES modules, but every fork of VS Code loads CommonJS. So the
// first step splits ES modules, and the second turns each chunk into CommonJS. What `import()` names stays in a file of
// its own, which is read and run at its first use. So `activate()` loads no library.
// `node esbuild.js` builds what we ship. `--development` and `--watch` keep the code readable and add source maps.
const esbuild = require('esbuild');
const fs = require('node:fs');
const path = require('node:path');

const dist = path.join(__dirname, 'dist');

/** The options of all bundles. Source maps are inline, so that a debugger of the page needs no second request. */
function common(development) {
  return {
    bundle: true,
    logLevel: 'warning',
    minify: !development,
    sourcemap: development && 'inline',
    legalComments: 'linked',
    metafile: true,
    absWorkingDir: __dirname,
  };
}

/** Turns every chunk of the ES module build into CommonJS, in place. */
const toCommonJs = (development) => ({
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
          minify: !development,
          // The input has the source map to TypeScript. The output's map combines it with this step.
          sourcemap: development && 'inline',
          sourcefile: path.basename(file),
          legalComments: 'none',
          supported: { 'dynamic-import': false }, // becomes require(): Node's own import() would not see the names a minified CommonJS chunk exports
        });
        fs.writeFileSync(absolute, code);
      }
      // Says which source is in which chunk. The test of what activation loads reads it.
      const outdir = path.resolve(__dirname, build.initialOptions.outdir);
      fs.writeFileSync(path.join(outdir, 'extension.meta.json'), JSON.stringify(result.metafile));
    });
  },
});

/**
 * Puts everything that activation loads into one file. esbuild makes one file for each set of chunks that share a
 * module. So the start would be spread over a dozen small files, and opening a file costs more than reading it. With
 * this plugin each of our sources also imports the start, which has run by then. So all chunks share the whole start.
 */
const startInOneFile = {
  name: 'start-in-one-file',
  setup(build) {
    const sources = path.join(__dirname, 'src') + path.sep;
    const start = JSON.stringify(path.join(sources, 'extension.ts'));
    build.onLoad({ filter: /\.ts$/ }, ({ path: file }) =>
      file.startsWith(sources)
        ? // On the first line: source maps keep their lines.
          { contents: `import ${start};${fs.readFileSync(file, 'utf8')}`, loader: 'ts' }
        : undefined,
    );
  },
};

/** The builds of what we ship, or those for development: with source maps, not minified. */
function buildsFor({ development }) {
  return [
    {
      ...common(development),
      entryPoints: { extension: 'src/extension.ts' },
      outdir: 'dist',
      format: 'esm',
      splitting: true,
      chunkNames: 'chunks/[name]-[hash]',
      platform: 'node',
      target: 'node20',
      external: ['vscode'],
      mainFields: ['module', 'main'],
      plugins: [startInOneFile, toCommonJs(development)],
    },
    {
      ...common(development),
      entryPoints: { 'sandbox-server': 'src/sandbox/server.ts' },
      outdir: 'dist',
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      mainFields: ['module', 'main'],
    },
    {
      ...common(development),
      entryPoints: { conversation: 'webview-ui/conversation/main.ts' },
      outdir: 'dist/webview',
      format: 'esm',
      splitting: true,
      chunkNames: 'chunks/[name]-[hash]',
      platform: 'browser',
      target: ['chrome128'],
    },
    {
      ...common(development),
      // A separate bundle: it is archived, large, cannot be tree-shaken, and is not needed for the first paint.
      entryPoints: { toolkit: 'webview-ui/shared/toolkit.ts', style: 'webview-ui/conversation/style.css' },
      outdir: 'dist/webview',
      format: 'iife',
      platform: 'browser',
      target: ['chrome128'],
    },
  ];
}

/**
 * Prints one line when a build starts, one when it ends, and one for each problem. The problem matcher in
 * .vscode/tasks.json reads these lines, so F5 knows when the bundles are ready.
 */
function roundsOf(builds) {
  const building = new Set(builds);
  console.log('[watch] build started');
  return (options) => ({
    name: 'tell-rounds',
    setup(build) {
      build.onStart(() => {
        if (building.size === 0) console.log('[watch] build started');
        building.add(options);
      });
      build.onEnd(({ errors, warnings }) => {
        for (const problem of errors) console.log(problemLine('error', problem));
        for (const problem of warnings) console.log(problemLine('warning', problem));
        building.delete(options);
        if (building.size === 0) console.log('[watch] build finished');
      });
    },
  });
}

function problemLine(severity, { text, location }) {
  const place = location ? `${location.file}:${location.line}:${location.column + 1}` : 'esbuild.js:1:1';
  return `${place}: ${severity}: ${text}`;
}

async function main(args) {
  const watch = args.includes('--watch');
  const builds = buildsFor({ development: watch || args.includes('--development') });
  fs.rmSync(dist, { recursive: true, force: true });
  fs.mkdirSync(dist, { recursive: true });
  if (!watch) {
    const results = await Promise.all(builds.map((options) => esbuild.build(options)));
    // What is in the package. Its notices and its bill of materials are made from this. The sandbox's HTTP server is
    // not in it.
    const metafiles = results
      .map(({ metafile }) => metafile)
      .filter((_, index) => !builds[index].entryPoints['sandbox-server']);
    fs.writeFileSync(path.join(dist, 'metafiles.json'), JSON.stringify(metafiles));
    return;
  }
  const tellRounds = roundsOf(builds);
  for (const options of builds) {
    const plugins = [...(options.plugins ?? []), tellRounds(options)];
    await (await esbuild.context({ ...options, plugins, logLevel: 'silent' })).watch();
  }
}

// Tests also build with these options, into their own folders.
module.exports = { builds: buildsFor({ development: false }), buildsFor };

if (require.main === module) {
  main(process.argv.slice(2)).catch((error) => {
    if (!error.errors) console.error(error);
    process.exit(1);
  });
}
