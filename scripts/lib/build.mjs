// @ts-check
import path from 'node:path';
import process from 'node:process';
import { root } from './paths.mjs';
import { run } from './process.mjs';
import { Problem } from './steps.mjs';

/** Bundles the extension into dist. */
export async function build() {
  const { code } = await run(process.execPath, [path.join(root, 'esbuild.js')], { cwd: root });
  if (code !== 0) throw new Problem(`The build failed with code ${code}.`);
}
