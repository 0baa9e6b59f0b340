/** What a version of a written file can be compared with. */
import type { FileVersion, WrittenFile } from './files';
import type { LineChanges } from './lineChanges';

export type VersionChange =
  /** The version is compared as a whole. `before` is undefined for a file that did not exist. */
  | { readonly kind: 'whole'; readonly before: FileVersion | undefined }
  /** Only the replaced passage is known. */
  | { readonly kind: 'passage' };

/** Finds what a version changed. Undefined if there is nothing to compare it with. */
export function versionChange(file: WrittenFile, version: FileVersion): VersionChange | undefined {
  if (version.content.kind === 'unknown') return version.content.passage && { kind: 'passage' };
  const before = versionBefore(file, version);
  const isComparable = before ? before.content.kind !== 'unknown' : version.operation === 'create';
  return isComparable ? { kind: 'whole', before } : undefined;
}

/** The lines that all versions changed together. Undefined if a count is unknown for one of them. */
export function totalLines(versions: readonly Pick<FileVersion, 'lines'>[]): LineChanges | undefined {
  let [added, removed] = [0, 0];
  for (const { lines } of versions) {
    if (!lines) return undefined;
    added += lines.added;
    removed += lines.removed;
  }
  return { added, removed };
}

/** The version before, or undefined for the first. */
function versionBefore(file: WrittenFile, version: FileVersion): FileVersion | undefined {
  return file.versions[version.number - 2];
}
