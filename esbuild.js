// Bundles the extension, the page of the conversation panel, its toolkit, and the sandbox's command line.
//
// The extension is built in two steps. esbuild splits only ES modules, and VS Code's forks load CommonJS with the least
// trouble: so it is split as ES modules first and each chunk is then turned into CommonJS. What is imported by
// `import()` stays a file of its own and is neither read nor run before its first use: that is how `activate()` loads
// no library.
//
// `node esbuild.js` makes what is shipped. `--development` and `--watch` keep the code readable, with source maps.
const esbuild = require('esbuild');
const fs = require('node:fs');
const path = require('node:path');

const dist = path.join(__dirname, 'dist');

/** What all bundles have in common. Source maps are inline: a debugger of the page needs no second request. */
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
          // The input carries the map to TypeScript. The output's map joins it with this step.
          sourcemap: development && 'inline',
          sourcefile: path.basename(file),
          legalComments: 'none',
          supported: { 'dynamic-import': false }, // becomes require(): Node's own import() would not see the names a minified CommonJS chunk exports
        });
        fs.writeFileSync(absolute, code);
      }
      // Which source went into which chunk: read by the test that holds the set of modules loaded at activation.
      const outdir = path.resolve(__dirname, build.initialOptions.outdir);
      fs.writeFileSync(path.join(outdir, 'extension.meta.json'), JSON.stringify(result.metafile));
    });
  },
});

/**
 * Puts all that activation loads into one file. esbuild gives each set of chunks that share a module a file of its own:
 * what the start shares with this or that feature would lie in a dozen small files, and opening one costs more than
 * reading it. So each of our sources also imports the start, which has run by then. All share all of the start.
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

/** The builds that make what is shipped, or those for development: with source maps, not minified. */
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
      // A bundle of its own: archived, large, not tree-shakeable, and not needed for the first paint.
      entryPoints: { toolkit: 'webview-ui/shared/toolkit.ts', style: 'webview-ui/conversation/style.css' },
      outdir: 'dist/webview',
      format: 'iife',
      platform: 'browser',
      target: ['chrome128'],
    },
  ];
}

/**
 * Prints one line when a round of building begins, one when it ends, and one for each problem between them. The
 * problem matcher in .vscode/tasks.json reads these lines, so F5 knows when the bundles are ready.
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
    // What the package holds: its notices and its bill of materials are made from this. The sandbox over HTTP is not in
    // it.
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

// Tests build with these options too, into folders of their own.
module.exports = { builds: buildsFor({ development: false }), buildsFor };

if (require.main === module) {
  main(process.argv.slice(2)).catch((error) => {
    if (!error.errors) console.error(error);
    process.exit(1);
  });
}
