import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Task } from '../../../../src/core/api/model';
import {
  decideDeployment,
  isSamePrompt,
  promptHash,
  taskNameFor,
  taskThatAppeared,
  tidyHash,
  type DeployedTask,
  type WantedDeployment,
} from '../../../../src/core/prompts/deployment';

const wanted: WantedDeployment = {
  prompt: 'Build it.',
  agentId: 47,
  project: 'project-for-task',
  taskName: 'Momentum',
  isNamedByFile: false,
};
const remembered: DeployedTask = {
  taskId: 7,
  agentId: 47,
  project: 'project-for-task',
  taskName: 'Momentum',
  promptHash: promptHash('Build it.'),
};
const task = (over: Partial<Task> = {}): Task => ({
  id: 7,
  name: 'Momentum',
  agentId: 47,
  prompt: 'Build it.',
  projectPreference: 'project-for-task',
  active: [],
  ...over,
});
const newTask = { kind: 'newTask' };
const redeploy = (taskId: number) => ({ kind: 'redeploy', taskId });

describe('which task a prompt file is deployed as', () => {
  test('a file that was never deployed makes a new task', () => {
    expect(decideDeployment(undefined, wanted, [])).toEqual(newTask);
  });

  test('the same text, agent and project deploy the same task again, also when it was renamed since', () => {
    expect(decideDeployment(remembered, wanted, [task({ name: 'My favorite' })])).toEqual(redeploy(7));
  });

  test('fields that the server leaves out do not count against the remembered task', () => {
    expect(decideDeployment(remembered, wanted, [{ id: 7, name: 'Momentum', active: [] }])).toEqual(redeploy(7));
  });

  test.each<[string, Partial<WantedDeployment>]>([
    ['text', { prompt: 'Build it better.' }],
    ['agent', { agentId: 48 }],
    ['project preference', { project: 'project-each-task-deployment' }],
  ])('a changed %s makes a new task', (_, change) => {
    expect(decideDeployment(remembered, { ...wanted, ...change }, [task()])).toEqual(newTask);
  });

  test.each<[string, readonly Task[]]>([
    ['was deleted', []],
    ['has another prompt by now', [task({ prompt: 'Other', name: 'Momentum' })]],
    ['belongs to another agent by now', [task({ agentId: 1 })]],
  ])('a remembered task that %s is not deployed', (_, tasks) => {
    expect(decideDeployment(remembered, wanted, tasks)).toEqual(newTask);
  });

  test('an equal task is found without memory, the newest of several', () => {
    expect(
      decideDeployment(undefined, wanted, [
        task({ id: 1, created: 10 }),
        task({ id: 2, created: 30 }),
        task({ id: 3, created: 20 }),
      ]),
    ).toEqual(redeploy(2));
  });

  test('a text that is changed back finds its task again', () => {
    const other = { ...remembered, taskId: 9, promptHash: promptHash('Other') };
    expect(decideDeployment(other, wanted, [task(), task({ id: 9, prompt: 'Other' })])).toEqual(redeploy(7));
  });

  test.each<[string, Partial<Task>]>([
    ['name', { name: 'Somebody’s experiment' }],
    ['project preference', { projectPreference: 'project-each-task-deployment' }],
    ['agent', { agentId: undefined }],
    ['prompt', { prompt: undefined }],
  ])('without memory, a task is not taken for equal when its %s is another or unknown', (_, over) => {
    expect(decideDeployment(undefined, wanted, [task(over)])).toEqual(newTask);
  });

  test('what an editor cleans up when it saves deploys the same task: blanks at line ends', () => {
    const prompt = 'Build it.  \nThen\t\r\ntest it.';
    const deployed = { ...remembered, promptHash: promptHash(prompt), tidyHash: tidyHash(prompt) };
    expect(
      decideDeployment(deployed, { ...wanted, prompt: 'Build it.\nThen\ntest it.\n' }, [
        task({ prompt, name: 'Renamed' }),
      ]),
    ).toEqual(redeploy(7));
    expect(
      decideDeployment(undefined, { ...wanted, prompt: 'Build it.\nThen\ntest it.\n' }, [task({ prompt })]),
    ).toEqual(redeploy(7));
    expect(decideDeployment(deployed, { ...wanted, prompt: 'Build it. Then\ntest it.' }, [task({ prompt })])).toEqual(
      newTask,
    );
  });

  test('what version 0.1.0 remembered counts for the same text', () => {
    const prompt = 'Build it.  \nNow.';
    expect(
      decideDeployment({ ...remembered, promptHash: promptHash(prompt) }, { ...wanted, prompt }, [
        task({ prompt, name: 'Renamed' }),
      ]),
    ).toEqual(redeploy(7));
  });

  test('blanks by the hundred thousand are compared in linear time', () => {
    const prompt = `${' '.repeat(300_000)}x\n`.repeat(3);
    expect(decideDeployment(undefined, { ...wanted, prompt }, [task({ prompt })])).toEqual(redeploy(7));
  });

  test('a task name changed in the file renames the task; one changed on the server stays', () => {
    const named = { ...wanted, taskName: 'Momentum 2', isNamedByFile: true };
    expect(decideDeployment(remembered, named, [task()])).toEqual({ ...redeploy(7), rename: 'Momentum 2' });
    expect(
      decideDeployment({ ...remembered, taskName: 'Momentum 2' }, named, [task({ name: 'Renamed in the tree' })]),
    ).toEqual(redeploy(7));
    expect(decideDeployment(remembered, { ...named, isNamedByFile: false }, [task()])).toEqual(redeploy(7));
  });

  test('deploying a text right after it was deployed never makes a second task', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.nat(),
        fc.string(),
        fc.string({ minLength: 1 }),
        fc.boolean(),
        (prompt, agentId, project, taskName, isNamedByFile) => {
          const want = { prompt, agentId, project, taskName, isNamedByFile };
          const made = task({ prompt, agentId, projectPreference: project, name: taskName });
          expect(
            decideDeployment({ ...remembered, agentId, project, taskName, promptHash: promptHash(prompt) }, want, [
              made,
            ]),
          ).toEqual(redeploy(7));
          expect(decideDeployment(undefined, want, [made])).toEqual(redeploy(7));
        },
      ),
    );
  });
});

test('prompts are the same whatever their line endings and trailing blanks, and their hashes say so', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', 'b', ' ', '\n'), { maxLength: 6 }),
      fc.array(fc.constantFrom('a', 'b', ' ', '\n'), { maxLength: 6 }),
      (one, two) => {
        const [a, b] = [one.join(''), two.join('').replaceAll('\n', '\r\n')];
        expect(isSamePrompt(a, b)).toBe(a.trimEnd() === b.replaceAll('\r\n', '\n').trimEnd());
        expect(promptHash(a) === promptHash(b)).toBe(isSamePrompt(a, b));
      },
    ),
  );
});

describe('a task that appeared after a create without an answer', () => {
  const before = new Set([1]);
  test('is the new one with the name and the prompt', () => {
    expect(
      taskThatAppeared(before, wanted, [
        task({ id: 1 }),
        task({ id: 2, name: 'Other' }),
        task({ id: 3, prompt: 'Other' }),
        task({ id: 4 }),
      ])?.id,
    ).toBe(4);
  });
  test('is taken when the list leaves out its prompt', () => {
    expect(taskThatAppeared(before, wanted, [task({ id: 4, prompt: undefined })])?.id).toBe(4);
  });
  test('is none when only older ones fit', () => {
    expect(taskThatAppeared(before, wanted, [task({ id: 1 })])).toBeUndefined();
  });
});

describe('what a task is called', () => {
  test.each([
    ['as the file says', { task: 'Momentum' }, '# Heading', 'Momentum'],
    ['as its first heading', {}, 'Hi\n\n## Trade **QQQ** with [`Lean`](https://x) ##\n# Second', 'Trade QQQ with Lean'],
    ['as a heading with snake_case in it', {}, '# use __my_factor__ now', 'use my_factor now'],
    [
      'as the file, where # is a comment in code',
      {},
      '```python\n# import\n```\n<python>\n# more\n</python>\n~~~~\n~~~\n# x\n~~~~\n#notitle',
      'momentum',
    ],
    ['as the heading behind code on one line', {}, '<python># no</python>\n# Yes', 'Yes'],
    ['as the file, where the heading is empty', {}, '# \n#', 'momentum'],
  ])('%s', (_, settings, prompt, name) => {
    expect(taskNameFor(settings, 'momentum.prompt.md', prompt)).toBe(name);
  });

  test.each([
    ['a.b.md', 'a.b'],
    ['.md', '.md'],
    ['README', 'README'],
    ['x.PROMPT.MD', 'x'],
    ['Untitled-1', 'Untitled-1'],
    ['notes.txt', 'notes'],
  ])('the file %s gives %s', (file, name) => {
    expect(taskNameFor({}, file, 'Go')).toBe(name);
  });

  test('a long heading is cut, a name that the file says is not', () => {
    expect(taskNameFor({}, 'x', `# ${'long '.repeat(50)}`)).toHaveLength(100);
    expect(taskNameFor({}, 'x', `# ${'n'.repeat(98)}😀 and more`)).toBe(`${'n'.repeat(98)}…`);
    expect(taskNameFor({ task: 'n'.repeat(300) }, 'x', '')).toHaveLength(300);
  });
});
