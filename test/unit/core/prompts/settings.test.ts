import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Agent } from '../../../../src/core/api/model';
import { parsePromptFile } from '../../../../src/core/prompts/promptFile';
import { problemsInOrganization } from '../../../../src/core/prompts/sessionProblems';
import { agentFor, agentSetting, agentsMeant, isMeantFor } from '../../../../src/core/prompts/settings';

const agents: readonly Agent[] = [
  { id: 47, name: 'Backtest Agent' },
  { id: 48, name: 'Mia' },
  { id: 49, name: 'mia' },
  { id: 50, name: 'Twin' },
  { id: 51, name: 'Twin' },
  { id: 52, name: '47' },
  { id: 53, name: ' ' },
];
const ids = (setting: string | number): number[] => agentsMeant(agents, setting).map(({ id }) => id);

describe('the agent that a file means', () => {
  test.each<[string | number, number[]]>([
    [47, [47]],
    ['backtest agent', [47]],
    ['  BACKTEST AGENT ', [47]],
    ['Mia', [48]],
    ['MIA', [48, 49]],
    ['Twin', [50, 51]],
    ['47', [52]],
    ['48', [48]],
    [99, []],
    ['Backtest', []],
  ])('%j means %j', (setting, expected) => {
    expect(ids(setting)).toEqual(expected);
  });

  test('how an agent is written into a file leads back to it, whatever the others are called', () => {
    const name = fc.oneof(fc.constantFrom('Mia', 'mia', 'MIA ', '1', '2', ''), fc.string({ maxLength: 4 }));
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 6 }), (names) => {
        const all = names.map((text, id) => ({ id, name: text }));
        for (const agent of all) expect(agentsMeant(all, agentSetting(all, agent))).toEqual([agent]);
      }),
    );
  });

  test('an answer given once counts as long as the file says the same', () => {
    expect(agentFor(agents, undefined, { agentId: 48 })).toMatchObject({
      kind: 'known',
      agent: { id: 48 },
      isFromFile: false,
    });
    expect(agentFor(agents, 'Twin', { agentId: 51, insteadOf: 'Twin' })).toMatchObject({
      kind: 'known',
      agent: { id: 51 },
    });
    expect(agentFor(agents, 'Twin', { agentId: 48 })).toEqual({ kind: 'ask', because: 'several' });
    expect(agentFor(agents, undefined, { agentId: 51, insteadOf: 'Twin' })).toEqual({
      kind: 'ask',
      because: 'missing',
    });
    expect(agentFor(agents, 'Gone', { agentId: 999, insteadOf: 'Gone' })).toEqual({ kind: 'ask', because: 'notFound' });
  });

  test('the file comes before the earlier answer', () => {
    expect(agentFor(agents, 47, { agentId: 48 })).toMatchObject({ agent: { id: 47 }, isFromFile: true });
  });
});

describe('what the organization says about a file', () => {
  const desk = { id: 'a1', name: 'Trading Desk', agents };
  const problems = (lines: string, organization = desk) =>
    problemsInOrganization(parsePromptFile(`---\nquantconnect:\n  ${lines}\n---\nGo`), organization);

  test('a file is meant for the organization it names, by name or id, and for all when it names none', () => {
    expect(
      [{}, { organization: 'trading desk' }, { organization: 'A1' }, { organization: 'Other' }].map((settings) =>
        isMeantFor(settings, desk),
      ),
    ).toEqual([true, true, true, false]);
  });

  test('an agent that is not there, or is there twice, is underlined', () => {
    expect(problems('agent: Nobody')).toMatchObject([
      { severity: 'warning', range: { start: { line: 2, character: 9 }, end: { line: 2, character: 15 } } },
    ]);
    expect(problems('agent: Twin')).toHaveLength(1);
    expect(problems('agent: Mia')).toEqual([]);
  });

  test('nothing is said of agents that are not known yet, or of those of another organization', () => {
    expect(
      problemsInOrganization(parsePromptFile('---\nquantconnect: {agent: Nobody}\n---\nGo'), {
        ...desk,
        agents: undefined,
      }),
    ).toEqual([]);
    expect(problems('agent: Nobody\n  organization: Elsewhere')).toMatchObject([{ range: { start: { line: 3 } } }]);
  });
});
