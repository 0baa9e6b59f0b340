import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../../../src/core/words/markdown';
import { render } from '../../../../src/core/words/render';
import { explanationAt, suggestionsAt, type Surroundings } from '../../../../src/core/agentFile/assist';
import { AGENT_KEYS } from '../../../../src/core/agentFile/keys';
import { KNOWN_TOOLS } from '../../../../src/core/agentFile/knownTools';
import { parseAgentDocument } from '../../../../src/core/agentFile/parse';
import { anyText } from './arbitraryAgent';

const surroundings: Surroundings = {
  models: ['claude-opus-4-7'],
  agents: [
    { id: 47, name: 'Mia' },
    { id: 48, name: 'Back*test' },
  ],
  tools: ['my_tool', 'create_file'],
};

/** Splits a text at its `|`, which stands for the cursor. */
function at(marked: string) {
  const offset = marked.indexOf('|');
  const before = marked.slice(0, offset).split('\n');
  return {
    text: marked.replace('|', ''),
    position: { line: before.length - 1, character: before.at(-1)?.length ?? 0 },
  };
}

function labels(marked: string): readonly string[] {
  const { text, position } = at(marked);
  return suggestionsAt(text, position, surroundings).items.map(({ label }) => label);
}

/** The text after the suggestion with this label was taken. */
function taking(label: string, marked: string): string {
  const { text, position } = at(marked);
  const { items, replace } = suggestionsAt(text, position, surroundings);
  const item = items.find((candidate) => candidate.label === label);
  const lines = text.split('\n');
  const line = lines[replace.start.line] ?? '';
  lines[replace.start.line] =
    line.slice(0, replace.start.character) + (item?.insert ?? 'NOTHING') + line.slice(replace.end.character);
  return lines.join('\n');
}

describe("completion in an agent's front matter", () => {
  it('offers the keys that are not there yet', () => {
    const offered = labels('---\nname: A\n|\nmodel: m\n---\n');
    expect(offered).toContain('maxTurns');
    expect(offered).not.toContain('name');
    expect(offered).not.toContain('model');
    expect(offered).toHaveLength(AGENT_KEYS.length - 2);
  });

  it('completes a key that is half written, and leaves the value of one that is complete', () => {
    expect(taking('maxTurns', '---\nname: A\nmaxT|\n---\n')).toBe('---\nname: A\nmaxTurns: \n---\n');
    expect(taking('maxTurns', '---\nname: A\nmax|: 5\n---\n')).toBe('---\nname: A\nmaxTurns: 5\n---\n');
    expect(taking('tools', '---\nname: A\n|\n---\n')).toBe('---\nname: A\ntools:\n  - \n---\n');
  });

  it.each([
    ['the known efforts', '---\nreasoningEffort: |\n---\n', ['low', 'medium', 'high']],
    ['booleans', '---\npublic: |\n---\n', ['true', 'false']],
    ["the models of the organization's agents", '---\nmodel: cl|\n---\n', ['claude-opus-4-7']],
    ['agents by name', '---\nsubAgents:\n  - agentId: |\n---\n', ['Mia', 'Back*test']],
    ['agents by name in a list at the margin', '---\nsubAgents:\n- agentId: |\n---\n', ['Mia', 'Back*test']],
    ["the keys of a chain's entry", '---\nchainedAgents:\n  - |\n---\n', ['agentId', 'step']],
    ['the second key of an entry', '---\nsubAgents:\n  - agentId: 4\n    |\n---\n', ['agentId', 'callableCount']],
    ['nothing after a name', '---\nname: |\n---\n', []],
    ['nothing in a comment', '---\n# |\n---\n', []],
    ['nothing behind a comment sign', '---\npublic: # |\n---\n', []],
    ['nothing in the prompt', '---\nname: A\n---\n\n|', []],
    ['nothing in a document without front matter', '|', []],
    ['nothing on the fence', '---|\n---\n', []],
  ])('offers %s', (_, marked, expected) => {
    expect(labels(marked)).toEqual(expected);
  });

  it('offers known tools, marks those that move money, and adds those that the organization uses', () => {
    const { text, position } = at('---\ntools:\n  - create_file\n  - |\n---\n');
    const { items } = suggestionsAt(text, position, surroundings);
    expect(items.map(({ label }) => label)).toEqual([...KNOWN_TOOLS.map(({ name }) => name), 'my_tool']);
    expect(
      items
        .filter(({ detail }) => detail !== undefined && render(detail, 'completion') === 'moves real money')
        .map(({ label }) => label),
    ).toEqual(['create_live_algorithm', 'stop_live_algorithm', 'liquidate_live_algorithm']);
  });

  it("writes an agent's id where its name was chosen", () => {
    const written = taking('Mia', '---\nname: A\nsubAgents:\n  - agentId: |\n---\n');
    expect(parseAgentDocument(written)).toMatchObject({ problems: [], fields: { subAgents: [{ agentId: 47 }] } });
  });

  it('never fails, and replaces only text on its line', () => {
    fc.assert(
      fc.property(
        anyText.map((text) => `---\n${text}\n---\n`),
        fc.nat(8),
        fc.nat(12),
        (text, line, character) => {
          const length = (text.split(/\r\n|\r|\n/)[line] ?? '').length;
          const { replace } = suggestionsAt(text, { line, character: Math.min(character, length) }, surroundings);
          expect(replace.start.line).toBe(line);
          expect(replace.end.character).toBeLessThanOrEqual(length);
          expect(replace.start.character).toBeLessThanOrEqual(replace.end.character);
        },
      ),
    );
  });
});

describe("hovering in an agent's front matter", () => {
  const explanation = (marked: string) => {
    const { text, position } = at(marked);
    const words = explanationAt(text, position, surroundings)?.words;
    return words && renderMarkdown(words);
  };

  it('explains every key', () => {
    for (const { key, meaning } of AGENT_KEYS)
      expect(explanation(`---\n${key.slice(0, 2)}|${key.slice(2)}: x\n---\n`)).toContain(renderMarkdown(meaning));
    expect(explanation('---\nsubAgents:\n  - agentId: 4\n    callable|Count: 3\n---\n')).toContain('calls');
  });

  it('names the agent behind an id, as plain text', () => {
    expect(explanation('---\nsubAgents:\n  - agentId: 4|8 # Backtest\n---\n')).toBe('Agent 48: Back&#42;test');
  });

  it('warns of tools that move money', () => {
    expect(explanation('---\ntools:\n  - liquidate_live|_algorithm\n---\n')).toContain('real money');
    expect(explanation('---\ntools:\n  - create_f|ile\n---\n')).toBeUndefined();
  });

  it('says nothing in the prompt', () => {
    expect(explanation('---\nname: A\n---\n\nna|me: B')).toBeUndefined();
  });
});
