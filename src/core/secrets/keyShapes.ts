/** Finds keys of LLM providers and other services by their shape. */
import { MASK } from './secrets';

/** Where a key can begin: not inside a word, but after an escape (`\n`, `\u0022`, `%3D`) or a terminal color. */
const START = String.raw`(?:(?<![A-Za-z0-9])|(?<=\\[bfnrt])|(?<=\\u[\da-fA-F]{4})|(?<=%[\da-fA-F]{2})|(?<=\u001B\[[\d;]{0,20}m))`;

/** A letter, or its escape in JSON that is itself a text inside JSON. */
const maybeEscaped = (letter: string): string =>
  String.raw`(?:${letter}|\\{1,8}u00${letter.charCodeAt(0).toString(16)})`;

/** The hexadecimal codes of letters, digits, `-` and `_`. */
const ESCAPED = String.raw`(?:2[dD]|3\d|[46][1-9a-fA-F]|5[\daAfF]|7[\daA])`;

const SHAPES = [
  // OpenAI, Anthropic, DeepSeek, OpenRouter and many others.
  String.raw`${['s', 'k', '-'].map(maybeEscaped).join('')}(?:[\w-]|\\{1,8}u00${ESCAPED}){16,}`,
  // Groq, Cerebras, xAI, Perplexity, Hugging Face, Replicate, Fireworks, NVIDIA, Together, Voyage, Jina, Tavily,
  // Pinecone.
  String.raw`(?:gsk_|csk-|xai-|pplx-|hf_|r8_|fw_|nvapi-|tgp_v1_|pa-|jina_|tvly-|pcsk_)[\w-]{20,}`,
  // Google, AWS and Bedrock.
  String.raw`AIza[\w-]{30,}|AQ\.[\w-]{30,}|ya29\.[\w-]{20,}|(?:AKIA|ASIA)[A-Z0-9]{16}|ABSK[\w+/=-]{30,}`,
  // Stripe, GitHub, GitLab, Slack.
  String.raw`[rs]k_(?:live|test)_\w{16,}|gh[oprsu]_\w{30,}|github_pat_\w{22,}|glpat-[\w-]{16,}|xox[abeoprs]-[\w-]{10,}`,
].join('|');

/** The positions of keys in a text. */
export function keyShapesIn(text: string): readonly (readonly [start: number, end: number])[] {
  return [...text.matchAll(shapes())].map((match) => [match.index, match.index + match[0].length] as const);
}

export function maskKeyShapes(text: string): string {
  return text.replace(shapes(), MASK);
}

/**
 * Masks keys in a tree of plain JSON, in its texts and its names. Changes the tree. It uses its own stack, because the
 * tree can be deep.
 */
export function maskKeyShapesIn<T>(tree: T): T {
  const root: Record<string, unknown> = { tree };
  const open: object[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    const entries = Object.entries(node) as [string, unknown][];
    const names = Array.isArray(node) ? undefined : maskedNames(entries.map(([name]) => name));
    entries.forEach(([name, value], index) => {
      const masked = typeof value === 'string' ? maskKeyShapes(value) : value;
      if (typeof value === 'object' && value !== null) open.push(value);
      if (names) Reflect.deleteProperty(node, name);
      if (names || masked !== value) set(node, names?.[index] ?? name, masked);
    });
  }
  return root['tree'] as T;
}

/** Undefined if none of the names is a key. */
function maskedNames(names: readonly string[]): readonly string[] | undefined {
  const masked = names.map(maskKeyShapes);
  if (masked.every((name, index) => name === names[index])) return undefined;
  // Two keys must not get the same name, because the second value would replace the first.
  return masked.map((name, index) => (name === names[index] ? name : `${name}${String(index)}`));
}

/** A plain assignment to `__proto__` would change the prototype. */
function set(node: object, key: string, value: unknown): void {
  Object.defineProperty(node, key, { value, writable: true, enumerable: true, configurable: true });
}

/** Made for each use, because a global regular expression remembers its position. */
function shapes(): RegExp {
  return new RegExp(`${START}(?:${SHAPES})`, 'g');
}
