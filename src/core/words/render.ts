/**
 * Words as the text of one place in VS Code. VS Code reads some of them as more than text: `[label](command:…)` becomes
 * a link that runs the command, `$(name)` becomes an icon. Each value is made harmless by itself, and then the whole,
 * because a link may be split over two values, or over a value and our own words.
 */
import { cut, plainLine, plainLines } from './plain';
import { wordingOf } from './texts';
import { given, isWords, type Text, type Words } from './words';

interface Sink {
  /** Whether line breaks are shown. */
  readonly lines: 'one' | 'many';
  /** How many UTF-16 units of a value, and of the whole, are shown. */
  readonly value: number;
  readonly whole: number;
  /** Whether VS Code may read links and icons there. */
  readonly reads: boolean;
}

/**
 * The places, and how much fits. VS Code itself cuts a notification at 1,000, in the middle of a character and before
 * our advice.
 */
export const SINKS = {
  /** Notifications, their progress, and errors of file systems, which VS Code shows as notifications. */
  notification: { lines: 'one', value: 1_000, whole: 990, reads: true },
  /** Title, prompt and placeholder of quick inputs, and why an input is not taken. */
  input: { lines: 'one', value: 500, whole: 800, reads: true },
  /** Label, description and detail in quick picks. */
  quickPick: { lines: 'one', value: 300, whole: 400, reads: true },
  dialog: { lines: 'one', value: 300, whole: 500, reads: true },
  dialogDetail: { lines: 'many', value: 1_000, whole: 3_000, reads: true },
  statusBar: { lines: 'one', value: 80, whole: 200, reads: true },
  /** Label and description of a row, title, description, message and badge of a view. */
  tree: { lines: 'one', value: 300, whole: 400, reads: true },
  /** A tooltip that is a plain string. */
  tooltip: { lines: 'many', value: 1_000, whole: 2_000, reads: true },
  /** A tab, a comparison. VS Code lists them in quick picks as well. */
  title: { lines: 'one', value: 150, whole: 250, reads: true },
  codeLens: { lines: 'one', value: 100, whole: 200, reads: true },
  completion: { lines: 'one', value: 200, whole: 300, reads: true },
  diagnostic: { lines: 'many', value: 500, whole: 2_000, reads: true },
  /** An account in the Accounts menu and in the pickers behind it. */
  account: { lines: 'one', value: 100, whole: 150, reads: true },
  /** The conversation's page, which draws text as text. */
  page: { lines: 'one', value: 1_000, whole: 4_000, reads: false },
  /** One entry of the log. */
  log: { lines: 'one', value: 2_000, whole: 4_000, reads: false },
} as const satisfies Readonly<Record<string, Sink>>;

export type SinkName = keyof typeof SINKS;

/** The words as the text for a sink. */
export function render(text: Text, sink: SinkName): string {
  const { lines, value, whole, reads }: Sink = SINKS[sink];
  const clean = lines === 'one' ? plainLine : plainLines;
  const pieces = piecesOf(isWords(text) ? text : given(text)).map((piece) =>
    piece.own ? piece : { ...piece, text: cut(clean(head(piece.text, value)), value) },
  );
  const shown = clean(fitted(pieces, whole));
  return cut(reads ? unread(shown) : shown, whole);
}

/**
 * Keeps apart what VS Code would read as a link or an icon, by a hair space: nothing of the text is lost, and it looks
 * as before.
 * `reads` ends a link's label and begins its address or an icon's name.
 */
export function unread(text: string): string {
  return text.replace(/\]\(/g, ']\u200A(').replace(/\$\(/g, '$\u200A(');
}

interface Piece {
  readonly text: string;
  readonly own: boolean;
}

/** The message from left to right: our own words, and values. A `{0}` inside of a value is the value's. */
function piecesOf({ template, values }: Words): readonly Piece[] {
  return wordingOf(template)
    .split(/\{(\d+)\}/)
    .flatMap((text, index): readonly Piece[] => {
      if (index % 2 === 0) return text === '' ? [] : [{ text, own: true }];
      const value = values[Number(text)];
      if (value === undefined) return [{ text: `{${text}}`, own: true }];
      return isWords(value) ? piecesOf(value) : [{ text: String(value), own: false }];
    });
}

/** As much of a long text as can matter: much of it may be white space. */
function head(text: string, length: number): string {
  const most = length * 8;
  if (text.length <= most) return text;
  const isHalf = text.charCodeAt(most - 1) >= 0xd800 && text.charCodeAt(most - 1) <= 0xdbff;
  return `${text.slice(0, isHalf ? most - 1 : most)}…`;
}

/**
 * Where it is too long, the longest values give way, so that the end of our message, which says what to do, is still
 * there.
 */
function fitted(pieces: readonly Piece[], whole: number): string {
  const length = pieces.reduce((sum, { text }) => sum + text.length, 0);
  const most = length <= whole ? Infinity : commonLimit(pieces, whole);
  return pieces.map(({ text, own }) => (own ? text : cut(text, most))).join('');
}

/** How long each value may be at most so that all of them fit. */
function commonLimit(pieces: readonly Piece[], whole: number): number {
  const values = pieces
    .filter(({ own }) => !own)
    .map(({ text }) => text.length)
    .sort((a, b) => a - b);
  let room = whole - pieces.reduce((sum, { text, own }) => sum + (own ? text.length : 0), 0);
  for (const [index, length] of values.entries()) {
    const share = Math.floor(room / (values.length - index));
    if (length > share) return Math.max(1, share);
    room -= length;
  }
  return Infinity;
}
