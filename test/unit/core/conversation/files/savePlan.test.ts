import { describe, expect, it } from 'vitest';
import { writtenFiles } from '../../../../../src/core/conversation/files/files';
import { canAsk, planSave, savedWords, saveQuestion } from '../../../../../src/core/conversation/files/savePlan';
import { render } from '../../../../../src/core/words/render';
import { answer, message, tool } from '../../../../support/conversations';

const wrote = (...paths: readonly string[]) =>
  writtenFiles([
    message(
      'm1',
      'assistant',
      ...paths.map((filePath) =>
        tool('create_file', { input: { filePath, content: filePath }, output: answer({ success: true }) }),
      ),
    ),
  ]);
const removed = (filePath: string) => tool('delete_file', { input: { filePath }, output: answer({ success: true }) });

describe('planSave', () => {
  it('saves main.py beside a refused file, and leaves out what acts by itself', () => {
    const plan = planSave(
      wrote(
        'research/HEAD',
        'research/config',
        'research/objects/x',
        'research/refs/heads/master',
        'research/main.py',
        'conftest.py',
      ),
    );
    expect(plan.files.map(({ path }) => path)).toEqual([
      'research/objects/x',
      'research/refs/heads/master',
      'research/main.py',
    ]);
    expect(plan.acting.map(({ path }) => path)).toEqual(['research/config', 'conftest.py']);
    expect(plan.refused).toEqual([{ path: 'research/HEAD', why: expect.stringContaining('git') as string }]);
  });

  it('saves only one of the files that are the same on some file system', () => {
    const plan = planSave(wrote('main.py', 'Main.py', 'caf\u00E9.py', 'cafe\u0301.py', 'src/a.py', 'SRC/A.py'));
    expect(plan.files.map(({ path }) => path)).toEqual(['main.py', 'caf\u00E9.py', 'src/a.py']);
    expect(plan.refused.map(({ path }) => path)).toEqual(['Main.py', 'cafe\u0301.py', 'SRC/A.py']);
  });

  it('saves a file although another with the same path is refused or deleted', () => {
    expect(planSave(wrote('main.py\u200B', 'main.py')).files.map(({ path }) => path)).toEqual(['main.py']);
    const created = (filePath: string) =>
      tool('create_file', { input: { filePath, content: '' }, output: answer({ success: true }) });
    expect(
      planSave(
        writtenFiles([message('m1', 'assistant', created('Main.py'), removed('Main.py'), created('main.py'))]),
      ).files.map(({ path }) => path),
    ).toEqual(['main.py']);
  });
});

describe('saveQuestion', () => {
  it('shows the files and the folder, and names the tool of what is left out', () => {
    const {
      message: words,
      detail,
      kind,
    } = saveQuestion(planSave(wrote('main.py', 'conftest.py', '../x.py')), '/ws/Momentum on QQQ');
    expect([render(words, 'dialog'), kind]).toEqual(['Save 1 file that the agent wrote?', 'mixed']);
    expect(render(detail, 'dialogDetail')).toBe(
      [
        'Folder: /ws/Momentum on QQQ',
        '',
        'main.py',
        '',
        'Left out, because tools act on them without asking:',
        'conftest.py: pytest runs it',
        '',
        'Cannot be saved:',
        '../x.py: leads out of the folder',
      ].join('\n'),
    );
  });

  it('is plain if no file acts by itself', () => {
    const { detail, kind } = saveQuestion(planSave(wrote('main.py', 'b.py')), 'x');
    expect([render(detail, 'dialogDetail'), kind]).toEqual(['Folder: x\n\nmain.py\nb.py', 'plain']);
  });

  it('offers to save files that act by themselves only if it can list them all', () => {
    const many = Array.from({ length: 13 }, (_, index) => `d${String(index)}/conftest.py`);
    const { detail, kind } = saveQuestion(planSave(wrote('main.py', ...many)), 'x');
    expect(kind).toBe('unlisted');
    expect(render(detail, 'dialogDetail')).toContain('and 1 more');
    expect(saveQuestion(planSave(wrote('conftest.py')), 'x').kind).toBe('acting');
    expect([
      canAsk(planSave(wrote(...many))),
      canAsk(planSave(wrote('conftest.py'))),
      canAsk(planSave(wrote('../x.py'))),
    ]).toEqual([false, true, false]);
  });

  it('shows each name that it lists, whatever the paths are', () => {
    const long = Array.from({ length: 12 }, (_, index) => `${'a'.repeat(90)}/${'b'.repeat(200)}${String(index)}.py`);
    const acting = long.map((path) => path.replace('.py', '.csproj'));
    const detail = render(
      saveQuestion(planSave(wrote(...long, ...acting, ...long.map((path) => `../${path}`))), '/x').detail,
      'dialogDetail',
    );
    for (const path of [...long, ...acting]) expect(detail).toContain(path.slice(-30));
  });
});

it('savedWords: reports the result in a few sentences', () => {
  const rendered = (result: Parameters<typeof savedWords>[0]): string => render(savedWords(result), 'notification');
  expect(
    rendered({ saved: 1, of: 3, leftOut: ['conftest.py'], notSaved: ['“../x.py” leads out of the folder.'] }),
  ).toBe('1 of 3 files saved. Left out: “conftest.py”. Not saved: “../x.py” leads out of the folder.');
  expect(rendered({ saved: 0, of: 99, leftOut: [], notSaved: Array.from({ length: 99 }, () => 'No.') })).toBe(
    '0 of 99 files saved. Not saved: No. No. No. No. No. and 94 more',
  );
});
