import type { Metafile } from 'esbuild';

/**
 * The bytes of the scripts before the first paint: the page with everything that it imports before it runs, and
 * Markdown, which it loads at once.
 */
export function scriptBytes(metafile: Metafile, seen = new Set<string>()): number {
  const markdown = Object.keys(metafile.outputs).find((file) => /^chunks\/markdown-.*\.js$/.test(file));
  if (markdown === undefined) throw new Error('Markdown was not built');
  return weight(metafile, 'conversation.js', seen) + weight(metafile, markdown, seen);
}

function weight(metafile: Metafile, file: string, seen: Set<string>): number {
  if (seen.has(file)) return 0;
  seen.add(file);
  const output = metafile.outputs[file];
  if (!output) throw new Error(`${file} was not built`);
  const imported = output.imports
    .filter(({ kind }) => kind === 'import-statement')
    .map(({ path }) => path.slice(path.indexOf('chunks/')));
  return output.bytes + imported.reduce((sum, next) => sum + weight(metafile, next, seen), 0);
}
