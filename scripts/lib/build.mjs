// @ts-check
import path from 'node:path';
import process from 'node:process';
import { root } from './paths.mjs';
import { run } from './process.mjs';
import { Problem } from './steps.mjs';

/** Builds the extension into dist, as we ship it. Prints nothing; a Problem has esbuild's messages. */
export async function build() {
  const { code, output } = await run(process.execPath, [path.join(root, 'esbuild.js')], { cwd: root, quiet: true });
  if (code !== 0 || output !== '') throw new Problem(`The build failed with code ${code}:\n${output}`);
}
