/**
 * What coloring a text costs. The highlighter tries patterns at each place, and some of them look far ahead: their
 * cost grows with the square of what they run over, and it holds up the page. So code is colored up to a cost, and
 * shown plain beyond it.
 */

/** Above this, coloring costs more than it helps. */
export const MAX_HIGHLIGHTED = 60_000;

/** The costs below, in steps that take about ten nanoseconds: about a fifth of a second. */
const MAX_COST = 20_000_000;

/**
 * By language: which stretches of a text its patterns run over, and how many steps one takes. The other languages read
 * a text once.
 */
const COSTS: Readonly<
  Record<string, { readonly stretch: RegExp; readonly steps: (length: number, stretch: string) => number }>
> = {
  // A method's head: words up to a bracket.
  csharp: { stretch: /[\w\s]+/g, steps: (length) => (length * length) / 3 },
  // A link: each bracket is tried with each end of words and each end of an address.
  markdown: {
    stretch: /[^\n]+/g,
    steps: (length, stretch) =>
      (length * length * (stretch.match(/\]\(/g)?.length ?? 0)) / 500 + (length * length) / 30,
  },
  // A word that could be a command, a key.
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

/** Whether a text may be colored in a page that must not stand still. */
export function mayHighlight(text: string, language: string): boolean {
  if (text.length > MAX_HIGHLIGHTED) return false;
  const name = language.toLowerCase();
  const rule = COSTS[NAMES[name] ?? name];
  let cost = 0;
  if (rule) for (const [found] of text.matchAll(rule.stretch)) cost += rule.steps(found.length, found);
  return cost <= MAX_COST;
}
