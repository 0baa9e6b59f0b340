import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  asDeploymentId,
  parseAgent,
  parseAgents,
  parseConversation,
  parseDeployment,
  parseDeployments,
  parseNewDeployment,
  parseOrganizations,
  parseTask,
  parseTasks,
  readInstant,
  type Parsed,
} from '../../../../src/core/api/schemas';

function valueOf<T>(parsed: Parsed<T>): T {
  if ('problem' in parsed) throw new Error(`unreadable: ${parsed.problem}`);
  return parsed.value;
}

describe('an agent', () => {
  it('is read in full', () => {
    const agent = valueOf(
      parseAgent({
        id: 105,
        name: 'Backtest Agent',
        model: 'claude-opus-4-7',
        maxTurns: 100,
        tools: ['create_file'],
        public: true,
        useQCC: false,
        created: '2026-05-12 17:08:53',
        author: { publicId: 'p', name: 'N', image: 'i.png' },
        token: { llmProviderApi: 'anthropic', llmApiTokenUser: '***' },
        chainedAgents: [{ agentId: 47, step: 1, agent: { id: 47, token: {} } }],
        subAgents: [{ agentId: '48', callableCount: 2 }],
        outputSchema: { type: 'object' },
        node: { id: 0, sku: 'A-8' },
      }),
    );
    expect(agent).toEqual({
      id: 105,
      name: 'Backtest Agent',
      model: 'claude-opus-4-7',
      maxTurns: 100,
      tools: ['create_file'],
      public: true,
      useQCC: false,
      created: Date.UTC(2026, 4, 12, 17, 8, 53),
      author: { publicId: 'p', name: 'N', image: 'i.png' },
      token: { llmProviderApi: 'anthropic', hasKey: true },
      chainedAgents: [{ agentId: 47, step: 1 }],
      subAgents: [{ agentId: 48, callableCount: 2 }],
      outputSchema: { type: 'object' },
      node: { id: 0, sku: 'A-8' },
    });
  });

  it('needs an id and nothing else', () => {
    expect(valueOf(parseAgent({ id: 47 }))).toEqual({ id: 47, name: 'Agent 47' });
    expect(parseAgent({ name: 'x' })).toEqual({ problem: 'id is missing or unreadable' });
    expect(parseAgent({ id: 'abc' })).toEqual({ problem: 'id is missing or unreadable' });
    expect(parseAgent('x')).toEqual({ problem: 'is no object' });
  });

  it('reads numbers and booleans that come as texts', () => {
    expect(valueOf(parseAgent({ id: '47', name: 'A', maxTurns: '100', public: 'true', useQCC: 'False' }))).toEqual({
      id: 47,
      name: 'A',
      maxTurns: 100,
      public: true,
      useQCC: false,
    });
    expect(valueOf(parseAgent({ id: 47, name: 5, public: 1, useQCC: 0 }))).toEqual({
      id: 47,
      name: '5',
      public: true,
      useQCC: false,
    });
  });

  it('reads null as absent, whichever field it is', () => {
    const fields = [
      'name',
      'description',
      'model',
      'tools',
      'public',
      'created',
      'author',
      'chainedAgents',
      'token',
      'outputSchema',
      'unheard',
    ];
    expect(valueOf(parseAgent({ id: 47, ...Object.fromEntries(fields.map((field) => [field, null])) }))).toEqual({
      id: 47,
      name: 'Agent 47',
    });
  });

  it('reads a field of a wrong type as absent and keeps the rest', () => {
    expect(
      valueOf(
        parseAgent({
          id: 47,
          name: 'A',
          model: {},
          tools: 7,
          maxTurns: 'many',
          created: 'yesterday',
          author: 'me',
          token: [],
        }),
      ),
    ).toEqual({ id: 47, name: 'A', token: { hasKey: false } });
  });

  it('reads an empty map that comes as a list', () => {
    expect(valueOf(parseAgent({ id: 47, name: 'A', author: [], organization: [], outputSchema: [] }))).toEqual({
      id: 47,
      name: 'A',
      author: {},
      organization: {},
      outputSchema: {},
    });
  });

  it.each([
    ['LLMAPITOKENUSER', true],
    ['llmApiTokenUser', true],
  ])('drops a provider key named %s but tells that it was there', (key, hasKey) => {
    expect(valueOf(parseAgent({ id: 47, name: 'A', token: { [key]: 'sk-1' } })).token).toEqual({ hasKey });
  });

  it('keeps an enumeration value that is not known', () => {
    expect(valueOf(parseAgent({ id: 47, reasoningEffort: 'extreme' })).reasoningEffort).toBe('extreme');
  });
});

describe('a task', () => {
  it('has a list of what is active and a count of deployments', () => {
    const task = valueOf(
      parseTask({
        id: 332,
        name: 'Momentum',
        agentId: '47',
        deployments: 12,
        lastDeploymentId: 991,
        lastDeploymentTime: '2026-05-06 19:09:52',
        projectId: null,
        status: [{ deploymentId: 'A-1', status: 'Running' }, { status: 'Running' }, null, { deploymentId: 'A-2' }],
        upcomingDeployments: null,
        notifications: [{ kind: 'email' }],
      }),
    );
    expect(task).toEqual({
      id: 332,
      name: 'Momentum',
      agentId: 47,
      deploymentCount: 12,
      lastDeploymentId: 991,
      lastDeploymentTime: Date.UTC(2026, 4, 6, 19, 9, 52),
      active: [
        { deploymentId: 'A-1', status: 'Running' },
        { deploymentId: 'A-2', status: 'Unknown' },
      ],
      notifications: [{ kind: 'email' }],
    });
  });

  it('is idle when no status is told', () => {
    expect(valueOf(parseTask({ id: 1, name: 'T' })).active).toEqual([]);
    expect(valueOf(parseTask({ id: 1, name: 'T', status: 'Running' })).active).toEqual([]);
  });
});

describe('a deployment', () => {
  it('keeps the status as it came', () => {
    expect(valueOf(parseDeployment({ deploymentId: 'A-1', status: 'Hibernating', ended: null, versionId: 5 }))).toEqual(
      { deploymentId: 'A-1', status: 'Hibernating', versionId: 5 },
    );
    expect(valueOf(parseDeployment({ deploymentId: 'A-1' })).status).toBe('Unknown');
    expect(parseDeployment({ deploymentId: '' })).toEqual({ problem: 'deploymentId is missing or unreadable' });
  });

  it('that is new may lack its id', () => {
    expect(parseNewDeployment({ status: 'InQueue' })).toEqual({ status: 'InQueue' });
    expect(parseNewDeployment(null)).toEqual({});
    expect(parseNewDeployment([])).toEqual({});
    expect(asDeploymentId('A-a5d782221843ac9aa99211e3b1949c01')).toBe('A-a5d782221843ac9aa99211e3b1949c01');
    expect(asDeploymentId(991)).toBeUndefined();
    expect(asDeploymentId('991')).toBeUndefined();
  });
});

describe('a list', () => {
  it('reports its bad items and gives the good ones', () => {
    expect(valueOf(parseAgents([{ id: 1, name: 'A' }, null, { name: 'B' }, 'x', { id: 2, name: 'C' }]))).toEqual({
      items: [
        { id: 1, name: 'A' },
        { id: 2, name: 'C' },
      ],
      unreadable: [
        { index: 1, reason: 'is no object' },
        { index: 2, reason: 'id is missing or unreadable' },
        { index: 3, reason: 'is no object' },
      ],
    });
  });

  it('can be null, or an object with numbers for keys', () => {
    expect(valueOf(parseTasks(null))).toEqual({ items: [], unreadable: [] });
    expect(
      valueOf(parseOrganizations({ 1: { id: 'abc', name: 'Fund', preferred: 'true', members: 3 } })).items,
    ).toEqual([{ id: 'abc', name: 'Fund', preferred: true, members: 3 }]);
    expect(parseDeployments('none')).toEqual({ problem: 'is no list' });
  });
});

describe('a conversation', () => {
  it('keeps messages and parts as they are', () => {
    const part = { type: 'dynamic-tool', input: { path: null }, output: [] };
    const conversation = valueOf(
      parseConversation({
        id: 'A-1',
        messages: [
          { id: 'm', role: 'assistant', parts: [part, null, 7], time: '2026-05-12 17:08:53', metadata: { a: 1 } },
        ],
        inputTokens: '48100',
        agents: [{}],
      }),
    );
    expect(conversation).toEqual({
      id: 'A-1',
      inputTokens: 48100,
      agents: [{}],
      messages: [
        {
          id: 'm',
          role: 'assistant',
          parts: [part, null, 7],
          time: Date.UTC(2026, 4, 12, 17, 8, 53),
          metadata: { a: 1 },
        },
      ],
    });
  });

  it('shows a message that is none as a raw part instead of hiding it', () => {
    expect(valueOf(parseConversation({ messages: ['hello', { role: null }, null] })).messages).toEqual([
      { role: 'unknown', parts: ['hello'] },
      { role: 'unknown', parts: [] },
      { role: 'unknown', parts: [null] },
    ]);
  });

  it.each([[null], [[]], [{}], [{ messages: null }]])('that has not begun (%j) is empty', (value) => {
    expect(valueOf(parseConversation(value)).messages).toEqual([]);
  });

  it('whose messages are no list cannot be read', () => {
    expect(parseConversation({ messages: 'hello' })).toEqual({ problem: 'messages is no list' });
  });
});

describe('an instant', () => {
  const expected = Date.UTC(2026, 4, 12, 17, 8, 53);
  it.each([
    ['2026-05-12 17:08:53', expected],
    ['2026-05-12T17:08:53', expected],
    ['2026-05-12T17:08:53Z', expected],
    ['2026-05-12 17:08:53.250', expected + 250],
    ['2026-05-12T19:08:53+02:00', expected],
    ['2026-05-12T19:08:53+0200', expected],
    ['2026-05-12 17:08', expected - 53_000],
    ['2026-05-12', Date.UTC(2026, 4, 12)],
    [expected, expected],
    [expected / 1000, expected],
    [String(expected / 1000), expected],
  ])('%s is read as UTC', (value, ms) => {
    expect(readInstant(value)).toBe(ms);
  });

  it.each([['0000-00-00 00:00:00'], [''], ['soon'], ['2026-13-45 99:00:00'], [1e300]])('%s is none', (value) => {
    expect(readInstant(value)).toBeUndefined();
  });
});

describe('any JSON', () => {
  const parsers = {
    parseAgent,
    parseTask,
    parseDeployment,
    parseConversation,
    parseAgents,
    parseTasks,
    parseDeployments,
    parseOrganizations,
    parseNewDeployment,
  };
  const names = [
    'id',
    'name',
    'agentId',
    'deploymentId',
    'status',
    'deployments',
    'messages',
    'parts',
    'role',
    'time',
    'created',
    'tools',
    'token',
    'chainedAgents',
    'subAgents',
    'author',
    'organization',
    'outputSchema',
    '__proto__',
    'constructor',
    'toString',
  ];
  /** JSON with many of the keys that the parsers read. */
  const { value: json } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom<unknown>(null, true, 'true', 0, 1, -1, 1.5, 1e308, '47', '', 'A-1', '2026-05-12 17:08:53', '***'),
      fc.string(),
      fc.double(),
      fc.array(tie('value'), { maxLength: 4 }),
      fc
        .array(fc.tuple(fc.oneof(fc.constantFrom(...names), fc.string()), tie('value')), { maxLength: 8 })
        .map(
          (entries) =>
            JSON.parse(
              `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${value === undefined ? 'null' : JSON.stringify(value)}`).join()}}`,
            ) as unknown,
        ),
    ),
  }));

  it.each(Object.keys(parsers) as (keyof typeof parsers)[])(
    '%s does not throw, and loses no item of a list',
    (name) => {
      fc.assert(
        fc.property(json, (value) => {
          const parsed: unknown = parsers[name](value);
          expect(parsed).toBeTypeOf('object');
          if (Array.isArray(value) && value.length > 0 && name.endsWith('s')) {
            const { items, unreadable } = (parsed as { value: { items: unknown[]; unreadable: unknown[] } }).value;
            expect(items.length + unreadable.length).toBe(value.length);
          }
        }),
        { numRuns: 500 },
      );
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    },
  );

  it('pollutes no prototype', () => {
    const agent = valueOf(parseAgent(JSON.parse('{"id":1,"name":"A","__proto__":{"polluted":true}}')));
    expect((agent as unknown as Record<string, unknown>).polluted).toBeUndefined();
  });
});
