// `node scripts/release.mjs --tag v1.2.3` checks a release and writes what is published to dist/release.
// `node scripts/release.mjs --dry-run` does the same for the version in package.json, whatever its tag.
// Neither publishes anything. .github/workflows/release.yml does, with the commands that this prints.
import { parseArgs } from 'node:util';
import { requireNode } from './lib/nodeVersion.mjs';

requireNode();
const { Problem, runScript, say, step } = await import('./lib/steps.mjs');
await runScript(async () => {
  const { values } = parseArgs({ options: { tag: { type: 'string' }, 'dry-run': { type: 'boolean' } } });
  if (values.tag === undefined && !values['dry-run'])
    throw new Problem('Name the tag: --tag v1.2.3, or try --dry-run.');
  const { ensureDependencies } = await import('./lib/dependencies.mjs');
  await ensureDependencies();
  const { root } = await import('./lib/paths.mjs');
  const { build } = await import('./lib/build.mjs');
  const { packageExtension } = await import('./lib/vsix.mjs');
  const { prepareRelease } = await import('./lib/release.mjs');
  const pack = async () => {
    await build();
    await packageExtension();
  };
  const { tag, files, commands } = await step('Packing', () => prepareRelease({ root, tag: values.tag, pack }));
  say(`dist/release holds ${files.join(', ')}`);
  console.log(`\nNothing is published. From dist/release, these commands publish ${tag}:\n`);
  for (const command of commands) console.log(`  ${command}`);
});
