// `npm run package`: builds the extension and packs it into dist/agents-for-quantconnect.vsix.
import { requireNode } from './lib/nodeVersion.mjs';

requireNode();
const { runScript, step } = await import('./lib/steps.mjs');
await runScript(async () => {
  const { ensureDependencies } = await import('./lib/dependencies.mjs');
  await ensureDependencies();
  const { build } = await import('./lib/build.mjs');
  await step('Building', build);
  const { packageExtension } = await import('./lib/vsix.mjs');
  console.log(await step('Packing', packageExtension));
});
