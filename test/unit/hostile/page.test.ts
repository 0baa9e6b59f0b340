import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mayHighlight } from '../../../webview-ui/conversation/rich/highlightCost';
import { CASES } from './pageCases';
import { hostileWorker, runBoth, type HostileWorker } from './worker';

describe('hostile texts in the page: work ends at ten times the size', () => {
  let worker: HostileWorker;
  beforeAll(async () => {
    worker = await hostileWorker(path.join(import.meta.dirname, 'pageCases.ts'));
  });
  afterAll(() => worker.dispose());

  for (const [name, work] of Object.entries(CASES)) it(name, () => runBoth(worker, name, work), 60_000);
});

describe('mayHighlight', () => {
  const csharp =
    'public class Algorithm : QCAlgorithm\n{\n    // Buys the strongest of last month, and sells the rest of them.\n    public override void Initialize()\n    {\n        SetCash(100000);\n    }\n}\n';

  it('takes code as people write it, up to 60,000 characters', () => {
    expect(mayHighlight(csharp.repeat(250), 'csharp')).toBe(true);
    expect(
      mayHighlight('See [the **docs**](https://example.com/a) for more, and [this](b).\n\n'.repeat(800), 'markdown'),
    ).toBe(true);
    expect(mayHighlight(`{"values":[${'1,'.repeat(25_000)}1]}`, 'json')).toBe(true);
    expect(mayHighlight('echo "$HOME" | grep a && ls -l\n'.repeat(1_500), 'shellscript')).toBe(true);
    expect(mayHighlight('x'.repeat(60_001), 'python')).toBe(false);
  });

  it.each([
    ['csharp', 'The quick brown fox jumps '.repeat(2_300)],
    ['cs', 'The quick brown fox jumps '.repeat(2_300)],
    ['C#', 'word\n'.repeat(12_000)],
    ['markdown', '[a]('.repeat(7_500)],
    ['md', '[a]('.repeat(7_500)],
    ['bash', 'a'.repeat(60_000)],
    ['sh', 'a'.repeat(60_000)],
    ['yaml', 'a '.repeat(30_000)],
    ['yml', 'a '.repeat(30_000)],
  ])('leaves %s plain that would hold up the page', (language, text) => {
    expect(mayHighlight(text, language)).toBe(false);
  });
});
