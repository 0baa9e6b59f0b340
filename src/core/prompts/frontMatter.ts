import { BYTE_ORDER_MARK, linesFrom } from './text';

/**
 * Where the parts of a file stand, as offsets. Found without a YAML parser, so that a file without settings costs
 * nothing.
 */
export type FrontMatter =
  | { readonly kind: 'none'; readonly bodyStart: number }
  /** A first line of `---` that no second one answers. */
  | { readonly kind: 'unterminated'; readonly fenceStart: number; readonly fenceEnd: number }
  | {
      readonly kind: 'closed';
      readonly fenceStart: number;
      readonly yamlStart: number;
      readonly yamlEnd: number;
      readonly bodyStart: number;
    };

const isFence = (line: string): boolean => /^---[ \t]*$/.test(line);

/** Front matter is what stands between a first line of `---` and the next such line. */
export function findFrontMatter(text: string): FrontMatter {
  const fenceStart = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  let fence: { end: number; next: number } | undefined;
  for (const { start, end, next } of linesFrom(text, fenceStart)) {
    const closes = isFence(text.slice(start, end));
    if (fence && closes) return { kind: 'closed', fenceStart, yamlStart: fence.next, yamlEnd: start, bodyStart: next };
    if (fence) continue;
    if (!closes) break;
    fence = { end, next };
  }
  return fence ? { kind: 'unterminated', fenceStart, fenceEnd: fence.end } : { kind: 'none', bodyStart: fenceStart };
}

/** The key under which a prompt file's settings live; every other key belongs to somebody else. */
export const SETTINGS_KEY = 'quantconnect';

/** Whether the file speaks to this extension at all: the cheap question before YAML is loaded. */
export function mentionsSettings(text: string): boolean {
  const matter = findFrontMatter(text);
  if (matter.kind === 'none') return false;
  const yaml = matter.kind === 'closed' ? text.slice(matter.yamlStart, matter.yamlEnd) : text.slice(matter.fenceEnd);
  return /(?:^|[\r\n{,])[ \t]*["']?quantconnect["']?[ \t]*:/.test(yaml);
}
