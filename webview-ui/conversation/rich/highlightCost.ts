/**
 * Estimates what coloring a text costs. The highlighter tries patterns at each position, and some look far ahead. Their
 * cost grows with the square of the text that they match, and blocks the page. Code that costs too much stays plain.
 */

/** Above this, coloring costs more than it helps. */
export const MAX_HIGHLIGHTED = 60_000;

/** The highest cost, in steps of about ten nanoseconds: a fifth of a second in all. */
const MAX_COST = 20_000_000;

/**
 * For each language: which stretches its patterns run over, and how many steps a stretch takes. Other languages read a
 * text once.
 */
const COSTS: Readonly<
  Record<string, { readonly stretch: RegExp; readonly steps: (length: number, stretch: string) => number }>
> = {
  // The head of a method: words before a bracket.
  csharp: { stretch: /[\w\s]+/g, steps: (length) => (length * length) / 3 },
  // A link: the highlighter tries each bracket with each end of a word and of an address.
  markdown: {
    stretch: /[^\n]+/g,
    steps: (length, stretch) =>
      (length * length * (stretch.match(/\]\(/g)?.length ?? 0)) / 500 + (length * length) / 30,
  },
  // A word that can be a command or a key.
  bash: { stretch: /\S+/g, steps: (length) => (length * length) / 30 },
  yaml: { stretch: /[^\n]+/g, steps: (length) => (length * length) / 30 },
};
const NAMES: Readonly<Record<string, string>> = {
  cs: 'csharp',
  'c#': 'csharp',
  md: 'markdown',
  mkdown: 'markdown',
  mkd: 'markdown',
  sh: 'bash',
  zsh: 'bash',
  shellscript: 'bash',
  yml: 'yaml',
};

/** True if coloring the text does not block the page. */
export function mayHighlight(text: string, language: string): boolean {
  if (text.length > MAX_HIGHLIGHTED) return false;
  const name = language.toLowerCase();
  const rule = COSTS[NAMES[name] ?? name];
  let cost = 0;
  if (rule) for (const [found] of text.matchAll(rule.stretch)) cost += rule.steps(found.length, found);
  return cost <= MAX_COST;
}
