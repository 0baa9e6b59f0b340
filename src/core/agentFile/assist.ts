/**
 * Suggests and explains keys and values in an agent's front matter. Works on lines, not on YAML, because a document is
 * rarely valid while the user types.
 */
import type { TextPosition, TextRange } from '../markdownFile/positions';
import { splitLines } from '../markdownFile/text';
import { say, type Text, type Words } from '../words/words';
import { AGENT_KEYS, ITEM_KEYS, keyDescription, type AgentKey } from './keys';
import { KNOWN_TOOLS, movesMoney } from './knownTools';

/** What is known about the organization. */
export interface Surroundings {
  readonly models: readonly string[];
  readonly agents: readonly { readonly id: number; readonly name: string }[];
  /** Tools that the organization's agents use, in addition to the known ones. */
  readonly tools?: readonly string[];
}

export interface Suggestion {
  readonly kind: 'key' | 'value' | 'tool' | 'agent' | 'model';
  readonly label: string;
  /** The text that replaces `replace`. */
  readonly insert: string;
  readonly detail?: Text;
  /** Its template is Markdown. */
  readonly explanation?: Words;
}

export interface Suggestions {
  readonly replace: TextRange;
  readonly items: readonly Suggestion[];
}

const NONE: readonly Suggestion[] = [];

/** Suggestions for a position. Empty outside the front matter and inside comments. */
export function suggestionsAt(text: string, position: TextPosition, surroundings: Surroundings): Suggestions {
  const lines = splitLines(text);
  const target = targetAt(lines, position);
  const line = lines[position.line] ?? '';
  const suggestions = (start: number, items: readonly Suggestion[]): Suggestions => ({
    replace: {
      start: { line: position.line, character: start },
      end: { line: position.line, character: Math.max(position.character, wordEnd(line, position.character)) },
    },
    items,
  });
  switch (target?.kind) {
    case 'key':
      return suggestions(target.start, keySuggestions(lines, position.line));
    case 'value':
      return suggestions(target.start, valueSuggestions(target.key, surroundings));
    case 'item':
      return suggestions(
        target.start,
        target.key === 'tools' ? toolSuggestions(surroundings) : itemKeySuggestions(target.key),
      );
    case 'itemValue':
      return suggestions(target.start, target.itemKey === 'agentId' ? agentSuggestions(surroundings) : NONE);
    case undefined:
      return suggestions(position.character, NONE);
  }
}

/** The explanation of the key, tool or agent at a position. Its template is Markdown. */
export function explanationAt(
  text: string,
  position: TextPosition,
  surroundings: Surroundings,
): { readonly words: Words; readonly range: TextRange } | undefined {
  const lines = splitLines(text);
  if (!isInFrontMatter(lines, position.line)) return undefined;
  const line = lines[position.line] ?? '';
  const word = [...line.matchAll(/[\w-]+/g)].find(
    ({ index, 0: match }) => index <= position.character && position.character <= index + match.length,
  );
  if (!word) return undefined;
  const range = {
    start: { line: position.line, character: word.index },
    end: { line: position.line, character: word.index + word[0].length },
  };
  const words = explain(lines, position.line, line, word.index, word[0], surroundings);
  return words && { words, range };
}

function explain(
  lines: readonly string[],
  lineNumber: number,
  line: string,
  start: number,
  word: string,
  surroundings: Surroundings,
): Words | undefined {
  const isKey = line.slice(start + word.length).startsWith(':');
  if (isKey && start === 0) {
    const description = keyDescription(word);
    return description && say('agentFile.known', word, description.meaning);
  }
  const owner = ownerOf(lines, lineNumber);
  if (isKey) return isListKey(owner) && owner !== 'tools' ? explainItemKey(owner, word) : undefined;
  if (owner === 'tools') return movesMoney(word) ? MONEY : undefined;
  if (/^\s*(?:- \s*)?agentId:\s*\d+/.test(line)) {
    const agent = surroundings.agents.find(({ id }) => String(id) === word);
    return agent && say('agentFile.agent', agent.id, agent.name);
  }
  return undefined;
}

const MONEY = say('agentFile.movesMoney');

type ListKey = 'tools' | keyof typeof ITEM_KEYS;

type Target =
  | { readonly kind: 'key'; readonly start: number }
  | { readonly kind: 'value'; readonly key: AgentKey; readonly start: number }
  | { readonly kind: 'item'; readonly key: ListKey; readonly start: number }
  | { readonly kind: 'itemValue'; readonly key: ListKey; readonly itemKey: string; readonly start: number };

function targetAt(lines: readonly string[], { line: lineNumber, character }: TextPosition): Target | undefined {
  if (!isInFrontMatter(lines, lineNumber)) return undefined;
  const before = (lines[lineNumber] ?? '').slice(0, character);
  if (/(?:^|\s)#/.test(before)) return undefined;

  const key = /^(\w*)$/.exec(before);
  if (key) return { kind: 'key', start: 0 };
  const value = /^(\w+):\s+(?<typed>\S*)$/.exec(before);
  if (value) {
    const description = keyDescription(value[1] ?? '');
    return (
      description && { kind: 'value', key: description.key, start: character - (value.groups?.typed ?? '').length }
    );
  }
  const owner = ownerOf(lines, lineNumber);
  if (!isListKey(owner)) return undefined;
  const itemValue = /^\s+(?:- +)?(\w+):\s+(?<typed>\S*)$/.exec(before) ?? /^- +(\w+):\s+(?<typed>\S*)$/.exec(before);
  if (itemValue)
    return {
      kind: 'itemValue',
      key: owner,
      itemKey: itemValue[1] ?? '',
      start: character - (itemValue.groups?.typed ?? '').length,
    };
  const item = /^(?:\s*- +|\s+)(?<typed>[\w-]*)$/.exec(before);
  // A tool needs its dash. The second key of an entry has none.
  if (item && (owner !== 'tools' || before.includes('- ')))
    return { kind: 'item', key: owner, start: character - (item.groups?.typed ?? '').length };
  return undefined;
}

function isInFrontMatter(lines: readonly string[], lineNumber: number): boolean {
  if (!/^\uFEFF?---\s*$/.test(lines[0] ?? '') || lineNumber < 1) return false;
  const closing = lines.findIndex((line, index) => index > 0 && /^---\s*$/.test(line));
  return closing === -1 || lineNumber < closing;
}

/** The unindented key that a line belongs to. */
function ownerOf(lines: readonly string[], lineNumber: number): string | undefined {
  for (let number = lineNumber; number > 0; number--) {
    const key = /^(\w+):/.exec(lines[number] ?? '');
    if (key) return key[1];
  }
  return undefined;
}

function isListKey(key: string | undefined): key is ListKey {
  return key === 'tools' || key === 'chainedAgents' || key === 'subAgents';
}

function keySuggestions(lines: readonly string[], lineNumber: number): readonly Suggestion[] {
  const closing = lines.findIndex((line, index) => index > 0 && /^---\s*$/.test(line));
  const present = new Set(
    lines
      .slice(1, closing === -1 ? undefined : closing)
      .flatMap((line, index) => (index + 1 === lineNumber ? [] : [/^(\w+):/.exec(line)?.[1]])),
  );
  const hasColon = /^\w*:/.test(lines[lineNumber] ?? '');
  return AGENT_KEYS.filter(({ key }) => !present.has(key)).map(({ key, meaning }) => ({
    kind: 'key',
    label: key,
    explanation: meaning,
    insert: hasColon ? key : `${key}:${isListKey(key) ? '\n  - ' : ' '}`,
  }));
}

function valueSuggestions(key: AgentKey, surroundings: Surroundings): readonly Suggestion[] {
  if (key === 'model') {
    return surroundings.models.map((model) => ({
      kind: 'model',
      label: model,
      insert: model,
      detail: say('agentFile.usedHere'),
    }));
  }
  return (keyDescription(key)?.values ?? []).map((value) => ({ kind: 'value', label: value, insert: value }));
}

function toolSuggestions({ tools = [] }: Surroundings): readonly Suggestion[] {
  const known = new Set(KNOWN_TOOLS.map(({ name }) => name));
  return [
    ...KNOWN_TOOLS.map(({ name, movesMoney: money }): Suggestion => ({
      kind: 'tool',
      label: name,
      insert: name,
      ...(money && { detail: say('agentFile.realMoney'), explanation: MONEY }),
    })),
    ...tools
      .filter((tool) => !known.has(tool))
      .map((tool): Suggestion => ({
        kind: 'tool',
        label: tool,
        insert: tool,
        detail: say('agentFile.usedHere'),
      })),
  ];
}

function itemKeySuggestions(owner: keyof typeof ITEM_KEYS): readonly Suggestion[] {
  return Object.entries(ITEM_KEYS[owner]).map(([key, explanation]) => ({
    kind: 'key',
    label: key,
    insert: `${key}: `,
    explanation,
  }));
}

function agentSuggestions({ agents }: Surroundings): readonly Suggestion[] {
  return agents.map(({ id, name }) => ({ kind: 'agent', label: name, insert: String(id), detail: String(id) }));
}

function explainItemKey(owner: keyof typeof ITEM_KEYS, key: string): Words | undefined {
  const explanation = Object.entries(ITEM_KEYS[owner]).find(([name]) => name === key)?.[1];
  return explanation && say('agentFile.known', key, explanation);
}

function wordEnd(line: string, character: number): number {
  return character + (/^[\w.-]*/.exec(line.slice(character))?.[0].length ?? 0);
}
