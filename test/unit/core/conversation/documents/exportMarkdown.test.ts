import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportMarkdown, messageMarkdown } from '../../../../../src/core/conversation/documents/exportMarkdown';
import { everyPart, message, reasoning, strategyRun, text, tool } from '../../../../support/conversations';
import { codeBlocks, kinds, markdown, record, timed } from './exportWorld';

describe('exportMarkdown', () => {
  it('lists the facts of the run', () => {
    const written = exportMarkdown(record(strategyRun()));
    expect(written).toMatch(/^# Momentum on QQQ\n/);
    for (const line of [
      '- **Agent:** Backtest Agent',
      '- **Model:** claude-opus-4-7',
      '- **Status:** Completed',
      '- **Started:** 2026-11-23 13:02:11 UTC',
      '- **Worked:** 3 m 12 s',
      '- **Tokens:** 48.1k in, 6.0k out',
      '**2 prompts**',
      '## Prompt',
      '## Agent',
      '<summary>✓ Created main.py · +17 −0</summary>',
    ])
      expect(written).toContain(line);
    expect(codeBlocks(written).some((code) => code.startsWith('from AlgorithmImports import *'))).toBe(true);
    expect(written).toContain('| Sharpe ratio | **1.21** | 0.87 |');
  });

  it('marks the sandbox', () => {
    expect(exportMarkdown(record([], { sandbox: true }))).toContain('simulated');
  });

  it('contains parts of every kind, and folds long ones', () => {
    const written = exportMarkdown(record(everyPart()));
    for (const words of [
      'Plain words',
      'Done thought',
      'It broke.',
      'three papers',
      'Found three.',
      'A page',
      'A document',
      'prices.csv',
      '"Berlin"',
      'Rather use SPY',
      '"hologram"',
      'This text part has no text',
      'A role nobody knows',
      'narrator',
    ]) {
      expect(written).toContain(words);
    }
    expect(written.match(/<details>/g)?.length).toBe(written.match(/<\/details>/g)?.length);
  });

  const OURS = /^(?:<details>\n<summary>[^<>\n]*<\/summary>|<\/details>)$/;

  it('contains no HTML but its own, and no image, whatever anybody wrote', () => {
    const hostile = fc.oneof(markdown, fc.constant('</summary></details><script>'));
    fc.assert(
      fc.property(hostile, hostile, hostile, (one, two, three) => {
        const written = exportMarkdown(
          record(
            [
              message(
                'm1',
                two,
                text(one),
                reasoning(two),
                tool(three || 'x', { title: one, input: { filePath: two, content: three }, output: one }),
                tool('y', { state: 'output-error', errorText: two, input: three, output: two }),
              ),
              message(
                'm2',
                'user',
                { kind: 'source', title: one, url: two },
                { kind: 'file', mediaType: one, filename: two, url: three },
                { kind: 'data', name: one, data: { [two]: three } },
                { kind: 'unknown', type: two, raw: one, problem: three },
              ),
            ],
            { taskName: one, agentName: two, status: three, runtimeError: one, prompt: three },
          ),
        );
        expect(kinds(written, 'html').filter((html) => !OURS.test(html))).toEqual([]);
        expect(kinds(written, 'image')).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('exportMarkdown: measured times', () => {
  it('gives about how long a part took, if that was measured', () => {
    const summaries = exportMarkdown({ ...timed }).match(/(?<=<summary>).*(?=<\/summary>)/g);
    expect(summaries).toEqual([
      'Thought for about 8 s',
      '✓ Compiled · about 1 m',
      expect.not.stringContaining('about') as string,
      expect.stringContaining('about 3 s') as string,
    ]);
    expect(exportMarkdown(record(timed.messages))).not.toContain('about');
  });
});

describe('messageMarkdown', () => {
  it('is the same as in the whole document', () => {
    for (const one of [...strategyRun(), ...everyPart()])
      expect(exportMarkdown(record([one]))).toContain(messageMarkdown(one));
  });

  it('contains no provider key', () => {
    const one = message(
      'm1',
      'assistant',
      tool('x', { output: { agent: { token: { llmApiTokenUser: 'sk-secret' } } } }),
    );
    expect(messageMarkdown(one)).toContain('***');
    expect(messageMarkdown(one)).not.toContain('sk-secret');
  });
});
