/** Names of files and folders: which are safe on every file system, and which mean the same to some file system. */

/** Why a name is not written. */
export type NameProblem = 'hidden' | 'invisible' | 'repository' | 'long' | 'name';

/** The longest name that ext4, APFS and NTFS all take, in bytes of UTF-8. */
const MAX_NAME_BYTES = 255;

/** Format characters, default ignorables, controls, lone surrogates, private use, blanks, and unusual spaces. */
const INVISIBLE = /[\p{C}\p{DI}\p{Zl}\p{Zp}\u2800\uFFFC\u{1D159}]|\u{16FE4}|(?! )\p{Zs}/u;
/** What some file system forbids or reads as something else, and what a shell takes for an option or a home folder. */
const FORBIDDEN = /[<>:"|?*\\/]|[. ]$|^[ ~-]|^\p{M}/u;
/** Windows gives long names a short one: `GIT~1` can be `.git`. */
const SHORT_NAME = /~\p{N}/u;
/** Windows opens a device for these, whatever ending follows. It takes superscript digits too. */
const DEVICE = /^(?:con|prn|aux|nul|(?:clock|config|keybd|screen|conin|conout)\$|(?:com|lpt)\p{N})$/u;

/**
 * The first problem of one segment of a path, or undefined for a safe one. The compatibility form is judged too: some
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

/** Equal for two names that some file system takes for the same: by case, composition, or compatible letters. */
export function foldedName(name: string): string {
  return name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}

const MAX_FOLDER_BYTES = 120;

/**
 * A safe name for a folder or file, made from any text. Keeps letters, digits and the commonest signs.
 * @param fallback used where nothing is left; must be safe itself.
 */
export function safeName(text: string, fallback: string): string {
  const plain = text.normalize('NFKC').replace(/[^\p{L}\p{M}\p{N} _()'’+,=&-]|[\p{DI}\u{16FE4}]/gu, ' ');
  // A mark with nothing before it, a sign that a tool takes for an option, and spaces at the ends go.
  const name = cut(plain.replace(/\s+/g, ' ').replace(/^[\s\p{M}_=&,+-]+/u, ''), MAX_FOLDER_BYTES).trim();
  if (nameProblem(name) === undefined) return name;
  const prefixed = `${fallback} ${name}`.trim();
  return nameProblem(prefixed) === undefined ? prefixed : fallback;
}

/** The beginning that fits, cut between grapheme clusters. */
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
