import { describe, expect, it } from 'vitest';
import { parsePromptFile } from '../../../../src/core/prompts/promptFile';
import { problemsInOrganization } from '../../../../src/core/prompts/sessionProblems';
import { render } from '../../../../src/core/words/render';

const AGENTS = [
  { id: 1, name: 'One' },
  { id: 2, name: 'Two' },
  { id: 3, name: 'two' },
];
const problems = (settings: string) =>
  problemsInOrganization(parsePromptFile(`---\nquantconnect:\n${settings}\n---\nGo`), {
    id: 'o',
    name: 'Desk',
    agents: AGENTS,
  });

describe('problemsInOrganization', () => {
  it.each([
    ['  agent: One', []],
    ['  agent: 3', []],
    ['  agent: Nobody', ['No agent is named “Nobody” in “Desk”.']],
    ['  agent: 9', ['There is no agent with the ID 9 in “Desk”.']],
    ['  agent: TWO', ['2 agents are named “TWO”. Use the ID of the one you mean.']],
    ['  organization: Elsewhere\n  agent: Nobody', ['You are in the organization “Desk”.']],
    ['  project: project-for-task', []],
  ])('%s', (settings, messages) => {
    const found = problems(settings);
    expect(found.map(({ message }) => render(message, 'diagnostic'))).toEqual(messages);
    expect(found.every(({ severity }) => severity === 'warning')).toBe(true);
  });

  it('says nothing of agents that were not read', () => {
    expect(
      problemsInOrganization(parsePromptFile('---\nquantconnect:\n  agent: Nobody\n---\nGo'), {
        id: 'o',
        name: 'Desk',
        agents: undefined,
      }),
    ).toEqual([]);
  });
});
