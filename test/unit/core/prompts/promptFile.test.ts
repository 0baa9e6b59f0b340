import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mentionsSettings } from '../../../../src/core/prompts/mentionsSettings';
import { parsePromptFile } from '../../../../src/core/prompts/promptFile';

const codes = (text: string): string[] => parsePromptFile(text).problems.map(({ code }) => code);

describe('reading a prompt file', () => {
  test('a file without front matter is its prompt, without the blank lines around it', () => {
    expect(parsePromptFile('\n  \n  Build it.\n\n- fast  \n\n')).toEqual({
      prompt: '  Build it.\n\n- fast  ',
      settings: {},
      settingRanges: {},
      problems: [],
    });
  });

  test('settings come from the key quantconnect alone, and the front matter is not part of the prompt', () => {
    const { prompt, settings, problems, frontMatterRange } = parsePromptFile(
      [
        '---',
        'mode: agent',
        'agent: not ours',
        'quantconnect:',
        '  agent: Backtest Agent',
        '  task: Momentum',
        '  project: project-for-task',
        '  organization: Desk',
        'tools: [a, b]',
        '---',
        '',
        'Build it.',
        '',
      ].join('\n'),
    );
    expect(prompt).toBe('Build it.');
    expect(settings).toEqual({
      agent: 'Backtest Agent',
      task: 'Momentum',
      project: 'project-for-task',
      organization: 'Desk',
    });
    expect(problems).toEqual([]);
    expect(frontMatterRange).toEqual({ start: { line: 0, character: 0 }, end: { line: 10, character: 0 } });
  });

  test.each([
    ['agent: 47', { agent: 47 }],
    ['agent: "47"', { agent: '47' }],
    ['agent:', {}],
    ['agent: "  "', {}],
    ['task: 2026-01-05', { task: '2026-01-05' }],
    ['task: 010', { task: '010' }],
    ['task: true', { task: 'true' }],
    ['task: |\n    Long name', { task: 'Long name' }],
  ])('`%s` reads as %j', (line, settings) => {
    const file = parsePromptFile(`---\nquantconnect:\n  ${line}\n---\nGo`);
    expect(file.settings).toEqual(settings);
    expect(file.problems).toEqual([]);
  });

  test('an unknown project preference is kept and pointed out, and does not keep the file from being deployed', () => {
    const file = parsePromptFile('---\nquantconnect: { project: project-of-tomorrow }\n---\nGo');
    expect(file.settings.project).toBe('project-of-tomorrow');
    expect(file.problems).toMatchObject([
      {
        code: 'unknownProject',
        severity: 'warning',
        range: { start: { line: 1, character: 25 }, end: { line: 1, character: 44 } },
      },
    ]);
  });

  test('a misspelled setting is pointed out at its place', () => {
    const [problem] = parsePromptFile('---\nquantconnect:\n  agnet: Mia\n---\nGo').problems;
    expect(problem).toMatchObject({
      code: 'unknownKey',
      severity: 'warning',
      range: { start: { line: 2, character: 2 }, end: { line: 2, character: 7 } },
    });
  });

  test.each([
    ['---\nquantconnect:\n  agent: [1, 2]\n---\nGo', 'setting', 2],
    ['---\nquantconnect:\n  task: x\n  agent: 1.5\n---\nGo', 'setting', 3],
    ['---\nquantconnect: Mia\n---\nGo', 'setting', 1],
    ['---\njust words\n---\nGo', 'yaml', 1],
    ['---\nmode: agent\nquantconnect:\n  agent: "Mia\n---\nGo', 'yaml', 3],
    ['---\nquantconnect:\n  agent: a\n  agent: b\n---\nGo', 'yaml', 3],
    ['---\nquantconnect:\n  agent: a\n\nGo', 'unterminated', 0],
    ['---', 'unterminated', 0],
    ['---\r\nmode: x\r\nquantconnect: [\r\n---\r\nGo', 'yaml', 2],
  ])('%j is not deployed, for a fault of the kind %s in line %i', (text, code, line) => {
    const errors = parsePromptFile(text).problems.filter(({ severity }) => severity === 'error');
    expect(errors[0]).toMatchObject({ code });
    expect(Math.abs((errors[0]?.range.end.line ?? -9) - line)).toBeLessThanOrEqual(1);
    expect(errors[0]?.range.start.line).toBeLessThanOrEqual(line + 1);
  });

  test('an empty prompt is an error, with and without front matter', () => {
    for (const text of ['', ' \n\n', '---\nquantconnect:\n  agent: 1\n---\n', '\uFEFF', '---\n---'])
      expect(codes(text)).toEqual(['emptyPrompt']);
  });

  test('blocks that only one language sees are sent as they stand', () => {
    const prompt = 'Do it.\n<python>\n  # --- not a fence\n---\n</python>\n<csharp>\n\tvar a = 1;\n</csharp>';
    expect(parsePromptFile(`---\nquantconnect: {}\n---\n\n${prompt}\n`).prompt).toBe(prompt);
  });

  test('a rule further down is no front matter', () => {
    expect(parsePromptFile('Hello\n---\nquantconnect: x\n---\n')).toMatchObject({
      prompt: 'Hello\n---\nquantconnect: x\n---',
      problems: [],
    });
  });

  test('a byte order mark and carriage returns change nothing', () => {
    const text = '---\nquantconnect:\n  agent: Mia # who\n  agnet: 1\n---\n\nOne\nTwo\n';
    const plain = parsePromptFile(text);
    for (const variant of [`\uFEFF${text}`, text.replaceAll('\n', '\r\n'), `\uFEFF${text.replaceAll('\n', '\r\n')}`]) {
      const { prompt, ...rest } = parsePromptFile(variant);
      expect({ ...rest, prompt: prompt.replaceAll('\r\n', '\n') }).toEqual(plain);
    }
  });

  test('whatever the text, reading does not throw and the prompt is a piece of it', () => {
    const piece = fc.constantFrom(
      '---',
      'quantconnect:',
      '  agent: x',
      ' - &a *a',
      '{',
      '}',
      '<<: *b',
      '\r',
      '\n',
      '\r\n',
      ' ',
      '\uFEFF',
      '!!set',
      '"',
      '%YAML 9',
      '...',
      'a: |+',
      '\t',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
        ),
        (text) => {
          const file = parsePromptFile(text);
          expect(text).toContain(file.prompt);
          for (const { range } of file.problems) expect(range.start.line).toBeLessThanOrEqual(range.end.line);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('whether a file mentions settings, asked before YAML is loaded', () => {
  test.each([
    ['---\nquantconnect:\n---\n', true],
    ['\uFEFF---\r\nmode: x\r\n"quantconnect" : {}\r\n---\r\n', true],
    ['---\n{mode: x, quantconnect: {}}\n---', true],
    ['---\nquantconnect:\n  agent', true],
    ['---\nmode: quantconnect\n---\n', false],
    ['quantconnect: here', false],
    ['# Title\n---\nquantconnect:\n---', false],
  ])('%j: %s', (text, expected) => {
    expect(mentionsSettings(text)).toBe(expected);
  });
});
