import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAgentDocument, type Problem } from '../../../../src/core/agentFile/parse';
import { render } from '../../../../src/core/words/render';
import { anyText } from './arbitraryAgent';

const document = (...lines: readonly string[]) => ['---', ...lines, '---', '', 'Prompt.'].join('\n');

/** A problem as `severity line:character-line:character`, and its message. */
const told = ({ severity, range: { start, end }, message }: Problem) => [
  `${severity} ${String(start.line)}:${String(start.character)}-${String(end.line)}:${String(end.character)}`,
  render(message, 'diagnostic'),
];
const problemsOf = (text: string) => parseAgentDocument(text).problems.map(told);

describe("reading an agent's document", () => {
  it('reads every settable field', () => {
    const text = document(
      'name: Momentum',
      'description: >-',
      '  Finds',
      '  momentum.',
      'model: claude-opus-4-7',
      'reasoningEffort: high',
      'maxTurns: 50',
      'toolChoice: auto',
      'tools: [create_file, create_backtest]',
      'public: true',
      'useQCC: false',
      'chainedAgents:',
      '  - agentId: 48',
      '    step: 1',
      'subAgents:',
      '  - agentId: 49',
      '    callableCount: 3',
      '  - agentId: 50',
      'pipeline: research',
      'profileImage: face.png',
    );
    expect(parseAgentDocument(text)).toMatchObject({
      problems: [],
      fields: {
        name: 'Momentum',
        description: 'Finds momentum.',
        model: 'claude-opus-4-7',
        reasoningEffort: 'high',
        maxTurns: 50,
        toolChoice: 'auto',
        tools: ['create_file', 'create_backtest'],
        public: true,
        useQCC: false,
        chainedAgents: [{ agentId: 48, step: 1 }],
        subAgents: [{ agentId: 49, callableCount: 3 }, { agentId: 50 }],
        pipeline: 'research',
        profileImage: 'face.png',
        systemPrompt: 'Prompt.',
      },
    });
  });

  it('takes a body without a blank line before it, and one that has several', () => {
    expect(parseAgentDocument('---\nname: A\n---\nPrompt.').fields.systemPrompt).toBe('Prompt.');
    expect(parseAgentDocument('---\nname: A\n---\n\n\nPrompt.').fields.systemPrompt).toBe('\nPrompt.');
    expect(parseAgentDocument('---\nname: A\n---').fields.systemPrompt).toBe('');
  });

  it('counts a key without a value as left out', () => {
    const { fields, problems, keys } = parseAgentDocument(document('name: A', 'model:', 'description: ~'));
    expect(fields).toEqual({ name: 'A', systemPrompt: 'Prompt.' });
    expect(problems).toEqual([]);
    expect([...keys.keys()]).toEqual(['name', 'model', 'description']);
  });

  it('tells where a problem is when lines end with \\r\\n', () => {
    expect(problemsOf('---\r\nname: A\r\nmaxTurns: many\r\n---\r\n')).toEqual([
      ['error 2:10-2:14', 'This must be a whole number.'],
    ]);
  });

  it.each<[string, string, readonly (readonly string[])[]]>([
    [
      'no front matter',
      'You are a quant.',
      [['error 0:0-0:0', expect.stringContaining('begins with front matter') as string]],
    ],
    ['an empty document', '', [['error 0:0-0:0', expect.stringContaining('begins with front matter') as string]]],
    [
      'front matter without an end',
      '---\nname: A\n\nYou are a quant.',
      [['error 0:0-0:3', expect.stringContaining('has no end') as string]],
    ],
    ['empty front matter', '---\n---\nYou.', [['error 1:0-1:0', 'An agent needs a name.']]],
    [
      'front matter that is a list',
      document('- a'),
      [['error 1:0-2:0', 'Every line of the front matter must have the form “key: value”.']],
    ],
    ['no name', document('model: m'), [['error 0:0-0:3', 'An agent needs a name.']]],
    ['an empty name', document('model: m', 'name:'), [['error 2:0-2:4', 'An agent needs a name.']]],
    ['a blank name', document('name: "  "'), [['error 1:6-1:10', 'An agent needs a name.']]],
    ['a number for a name', document('name: 2024'), [['error 1:6-1:10', 'This must be text: put quotes around it.']]],
    ['a list for text', document('name: A', 'description: [a]'), [['error 2:13-2:16', 'This must be text.']]],
    [
      'a colon in plain text',
      document('name: A: B'),
      [['error 1:6-1:7', 'A value with a colon and a space in it needs quotes around it.']],
    ],
    [
      'a tab as indentation',
      document('name: A', 'tools:', '\t- x'),
      [['error 3:0-3:1', 'Indent with spaces: YAML does not allow tabs.']],
    ],
    ['an open quote', document('name: "A'), [['error 2:0-2:0', 'This is not valid YAML: Missing closing "quote']]],
    [
      'an entry with a duplicate key',
      document('name: A', 'subAgents:', '  - agentId: 4', '    agentId: 5'),
      [['error 4:4-4:11', 'The key “agentId” appears twice.']],
    ],
    ['a duplicate key', document('name: A', 'name: B'), [['error 2:0-2:4', 'The key “name” appears twice.']]],
    [
      'an unknown key',
      document('name: A', 'colour: red'),
      [['warning 2:0-2:6', '“colour” is not known and is not sent.']],
    ],
    [
      'a key in another case',
      document('name: A', 'max_turns: 3'),
      [['warning 2:0-2:9', '“max_turns” is not known and is not sent. Did you mean “maxTurns”?']],
    ],
    [
      'an unknown effort',
      document('name: A', 'reasoningEffort: ultra'),
      [['warning 2:17-2:22', expect.stringContaining('low, medium, high') as string]],
    ],
    [
      'no turns',
      document('name: A', 'maxTurns: 0'),
      [['error 2:10-2:11', 'This must be a whole number of 1 or more.']],
    ],
    [
      'negative turns',
      document('name: A', 'maxTurns: -3'),
      [['error 2:10-2:12', 'This must be a whole number of 1 or more.']],
    ],
    ['half a turn', document('name: A', 'maxTurns: 2.5'), [['error 2:10-2:13', 'This must be a whole number.']]],
    ['turns in quotes', document('name: A', 'maxTurns: "5"'), [['error 2:10-2:13', 'This must be a whole number.']]],
    ['a word for a boolean', document('name: A', 'public: yes'), [['error 2:8-2:11', 'This must be true or false.']]],
    [
      'a word for a list',
      document('name: A', 'tools: create_file'),
      [['error 2:7-2:18', expect.stringContaining('must be a list of tool names') as string]],
    ],
    [
      'a number among tools',
      document('name: A', 'tools:', '  - create_file', '  - 3'),
      [['error 4:4-4:5', 'This must be text: put quotes around it.']],
    ],
    [
      'a chain without a step',
      document('name: A', 'chainedAgents:', '  - agentId: 48'),
      [['error 3:4-4:0', 'This needs both “agentId” and “step”.']],
    ],
    [
      'a name for an agent id',
      document('name: A', 'subAgents:', '  - agentId: Mia'),
      [['error 3:13-3:16', 'This must be a whole number.']],
    ],
    [
      'an unknown key in an entry',
      document('name: A', 'subAgents:', '  - agentId: 4', '    agent: {}'),
      [['warning 4:4-4:9', '“agent” is not known and is not sent.']],
    ],
    [
      'an alias',
      document('name: &a A', 'description: *a'),
      [['error 2:13-2:15', expect.stringContaining('alias') as string]],
    ],
    ['an alias of nothing', document('name: *a'), [['error 1:6-1:8', expect.stringContaining('alias') as string]]],
    ['a tag', document('name: !js/function "x"'), [['error 1:6-1:18', expect.stringContaining('Tags') as string]]],
    [
      'two YAML documents',
      document('name: A', '--- # next', 'name: B'),
      [['error 2:0-4:0', 'The front matter can have only one YAML document.']],
    ],
  ])('marks %s', (_, text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });

  it.each([
    'token: abc',
    'llmApiTokenUser: abc',
    'llmProviderApi: anthropic',
    'apiKey: abc',
    'api-key: abc',
    'password: abc',
    'clientSecret: abc',
  ])('refuses “%s” and names the command that sets the provider token', (line) => {
    const [problem, ...others] = parseAgentDocument(document('name: A', line)).problems;
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ severity: 'error', range: { start: { line: 2, character: 0 } } });
    expect(problem && render(problem.message, 'diagnostic')).toContain('Set Provider Token');
  });

  it('refuses a value that looks like an API key, under whatever key and even in a comment, and does not repeat it', () => {
    const key = `sk-ant-${'x'.repeat(20)}`;
    for (const line of [`description: ${key}`, `# ${key}`]) {
      const { problems } = parseAgentDocument(document('name: A', line));
      expect(problems).toMatchObject([
        {
          severity: 'error',
          range: {
            start: { line: 2, character: line.indexOf('sk-') },
            end: { line: 2, character: line.length },
          },
        },
      ]);
      expect(JSON.stringify(problems)).not.toContain(key);
    }
  });

  it('keeps an effort it does not know, and everything else beside a wrong value', () => {
    const { fields } = parseAgentDocument(
      document('name: A', 'reasoningEffort: ultra', 'maxTurns: many', 'public: true'),
    );
    expect(fields).toEqual({ name: 'A', reasoningEffort: 'ultra', public: true, systemPrompt: 'Prompt.' });
  });

  it('drops a list with a gap altogether, rather than send a shorter one', () => {
    expect(parseAgentDocument(document('name: A', 'tools: [create_file, 3]')).fields).not.toHaveProperty('tools');
    expect(parseAgentDocument(document('name: A', 'tools: [create_file, ]')).fields.tools).toEqual(['create_file']);
    expect(parseAgentDocument(document('name: A', 'tools:', '  - a', '  -')).fields).not.toHaveProperty('tools');
  });

  it('never throws and never points outside the text, whatever it is given', () => {
    const near = fc.oneof(
      anyText,
      anyText.map((yaml) => `---\n${yaml}\n---\nbody`),
      anyText.map((value) => `---\nname: ${value}\ntools: ${value}\n---\n`),
    );
    fc.assert(
      fc.property(near, (text) => {
        const lines = text.split(/\r\n|\r|\n/);
        const { problems } = parseAgentDocument(text);
        for (const { start, end } of problems.map(({ range }) => range)) {
          for (const { line, character } of [start, end])
            expect(character).toBeLessThanOrEqual((lines[line] ?? '').length);
          expect(end.line - start.line || end.character - start.character).toBeGreaterThanOrEqual(0);
          expect(end.line).toBeLessThan(lines.length);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('is not brought down by nesting or by aliases that multiply', () => {
    expect(problemsOf(document(`name: ${'['.repeat(50_000)}`))).not.toEqual([]);
    const bomb = [
      'a0: &a0 [x, x, x, x, x, x, x, x, x]',
      ...Array.from(
        { length: 30 },
        (_, i) =>
          `a${String(i + 1)}: &a${String(i + 1)} [${Array(9)
            .fill(`*a${String(i)}`)
            .join(', ')}]`,
      ),
    ];
    expect(problemsOf(document('name: A', ...bomb)).every(([at]) => at?.startsWith('warning'))).toBe(true);
  });
});
