/** The names of keys on this operating system, as VS Code writes them. */

const ON_MAC: Readonly<Record<string, string>> = {
  Mod: '⌘',
  Ctrl: '⌃',
  Alt: '⌥',
  Shift: '⇧',
  Up: '↑',
  Down: '↓',
  Left: '←',
  Right: '→',
};

/** The names of keys that are pressed together, e.g. of `Alt+Enter`. `Mod` is Ctrl, and on a Mac ⌘. */
export function keyNames(keys: string): readonly string[] {
  return keys.split('+').map((key) => (isMac() ? (ON_MAC[key] ?? key) : key === 'Mod' ? 'Ctrl' : key));
}

/** The text between keys that are pressed together. */
export function keySeparator(): string {
  return isMac() ? '' : '+';
}

/** As one text: `Alt+Enter`, on a Mac `⌥Enter`. */
export function keyLabel(keys: string): string {
  return keyNames(keys).join(keySeparator());
}

function isMac(): boolean {
  return navigator.userAgent.includes('Macintosh');
}
