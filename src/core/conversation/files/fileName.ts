/** Names of files and folders: which are safe everywhere, and which are the same on some file systems. */

/** Why a name is refused. */
export type NameProblem = 'hidden' | 'invisible' | 'repository' | 'long' | 'name';

/** The longest name that ext4, APFS and NTFS all accept, in bytes of UTF-8. */
const MAX_NAME_BYTES = 255;

/** Format characters, default ignorables, controls, lone surrogates, private use, blanks, and unusual spaces. */
const INVISIBLE = /[\p{C}\p{DI}\p{Zl}\p{Zp}\u2800\uFFFC\u{1D159}]|\u{16FE4}|(?! )\p{Zs}/u;
/** Forbidden or special on some file system, or read by a shell as an option or a home folder. */
const FORBIDDEN = /[<>:"|?*\\/]|[. ]$|^[ ~-]|^\p{M}/u;
/** Windows gives long names a short one: `GIT~1` can be `.git`. */
const SHORT_NAME = /~\p{N}/u;
/** Windows opens a device for these names, with any ending. It accepts superscript digits too. */
const DEVICE = /^(?:con|prn|aux|nul|(?:clock|config|keybd|screen|conin|conout)\$|(?:com|lpt)\p{N})$/u;

/**
 * The first problem of one path segment. Undefined for a safe one. Checks the compatibility form too, because some
 * programs and file systems read `ＣＯＮ`, `COM¹` and `․git` as their plain forms.
 */
export function nameProblem(name: string): NameProblem | undefined {
  if (INVISIBLE.test(name)) return 'invisible';
  const plain = name.normalize('NFKC');
  if (plain.startsWith('.')) return 'hidden';
  if (foldedName(name) === 'head') return 'repository';
  if (new TextEncoder().encode(name).length > MAX_NAME_BYTES) return 'long';
  if (name === '' || [name, plain].some((form) => FORBIDDEN.test(form)) || SHORT_NAME.test(plain)) return 'name';
  const [stem = ''] = foldedName(name).split('.');
  return DEVICE.test(stem.trim()) ? 'name' : undefined;
}

/** Equal for two names that some file system treats as the same: by case, composition, or compatible letters. */
export function foldedName(name: string): string {
  return name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}

const MAX_FOLDER_BYTES = 120;

/**
 * Makes a safe name for a folder or file from any text. Keeps letters, digits and common signs.
 * @param fallback used if nothing is left. Must be safe itself.
 */
export function safeName(text: string, fallback: string): string {
  const plain = text.normalize('NFKC').replace(/[^\p{L}\p{M}\p{N} _()'’+,=&-]|[\p{DI}\u{16FE4}]/gu, ' ');
  // Remove marks with nothing before them, signs that tools read as options, and spaces at the ends.
  const name = cut(plain.replace(/\s+/g, ' ').replace(/^[\s\p{M}_=&,+-]+/u, ''), MAX_FOLDER_BYTES).trim();
  if (nameProblem(name) === undefined) return name;
  const prefixed = `${fallback} ${name}`.trim();
  return nameProblem(prefixed) === undefined ? prefixed : fallback;
}

/** The beginning of the text that fits, cut between grapheme clusters. */
function cut(text: string, maxBytes: number): string {
  let room = maxBytes;
  let end = 0;
  const encoder = new TextEncoder();
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    room -= encoder.encode(segment).length;
    if (room < 0) break;
    end += segment.length;
  }
  return text.slice(0, end);
}
