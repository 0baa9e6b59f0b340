import { createRequire } from 'node:module';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild';

const root = path.resolve(import.meta.dirname, '../..');

export interface BuiltPage {
  /** The folder with conversation.js, toolkit.js, style.css and chunks/. */
  readonly folder: string;
  readonly metafile: Metafile;
  dispose(): void;
}

/** Builds the page with the options of `esbuild.js`, into its own folder. */
export async function buildPage(plugins: readonly Plugin[] = []): Promise<BuiltPage> {
  const { builds } = createRequire(import.meta.url)(path.join(root, 'esbuild.js')) as {
    builds: readonly BuildOptions[];
  };
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'quant-agents-page-'));
  const metafile: Metafile = { inputs: {}, outputs: {} };
  for (const options of builds.filter(({ outdir }) => outdir === 'dist/webview')) {
    const result = await build({
      ...options,
      outdir: folder,
      metafile: true,
      plugins: [...(options.plugins ?? []), ...plugins],
    });
    Object.assign(metafile.inputs, result.metafile.inputs);
    for (const [file, output] of Object.entries(result.metafile.outputs)) {
      metafile.outputs[path.relative(folder, path.resolve(root, file))] = output;
    }
  }
  return {
    folder,
    metafile,
    dispose: () => {
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}
