// `npm run screenshots`: takes docs/screenshots/<scene>-<theme>.png from the packaged extension and its sandbox in a
// real VS Code. `node scripts/screenshots.mjs agents` takes only one scene.
import { requireNode } from './lib/nodeVersion.mjs';

requireNode();
const { runScript, step } = await import('./lib/steps.mjs');
await runScript(async () => {
  const { exitOnSignals } = await import('./lib/process.mjs');
  exitOnSignals();
  await (await import('./lib/dependencies.mjs')).ensureDependencies();
  await (await import('./lib/tools.mjs')).ensureTools({ browser: true, vscode: true });
  await step('Building', (await import('./lib/build.mjs')).build);
  await step('Packing', (await import('./lib/vsix.mjs')).packageExtension);
  const { takeScreenshots } = await import('./lib/scenes.mjs');
  await takeScreenshots(process.argv.slice(2));
});
