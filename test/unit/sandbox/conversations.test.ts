import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineUnderTest, NOON, partsOf, TestClock, toolsOf, type Message, type Part } from './engines';

describe('A deployment', () => {
  it('waits, runs, speaks within three seconds, and ends between 40 and 90 seconds later with a summary', () => {
    const cloud = new EngineUnderTest();
    const deploymentId = cloud.deploy('Momentum on QQQ and GLD, monthly');
    expect(cloud.status(deploymentId)).toBe('InQueue');
    expect(cloud.deployment(deploymentId)).toMatchObject({ started: null, ended: null });
    expect(cloud.messages(deploymentId).map(({ role }) => role)).toEqual(['user']);
    cloud.clock.passSeconds(3);
    expect(cloud.status(deploymentId)).toBe('Running');
    expect(partsOf(cloud.messages(deploymentId)).map(({ type }) => type)).toEqual(['text', 'step-start', 'reasoning']);
    const seconds = 3 + cloud.finish(deploymentId);
    expect(seconds).toBeGreaterThanOrEqual(40);
    expect(seconds).toBeLessThanOrEqual(91);
    expect(cloud.status(deploymentId)).toBe('Completed');
    const last = partsOf(cloud.messages(deploymentId)).at(-1);
    expect(last).toMatchObject({ type: 'text', state: 'done' });
    expect(last?.text).toMatch(/\| Sharpe \|/);
  });

  it('passes every tool call through its states in order', () => {
    const cloud = new EngineUnderTest();
    const deploymentId = cloud.deploy('[sandbox: build/pairs/repaired]');
    const states = new Map<string, string[]>();
    while (cloud.status(deploymentId) !== 'Completed') {
      for (const { toolCallId, state } of partsOf(cloud.messages(deploymentId))) {
        if (toolCallId === undefined || state === undefined) continue;
        const seen = states.get(toolCallId) ?? [];
        if (seen.at(-1) !== state) states.set(toolCallId, [...seen, state]);
      }
      cloud.clock.at += 100;
    }
    expect(states.size).toBeGreaterThan(8);
    const order = ['input-streaming', 'input-available', 'output-available'];
    for (const seen of states.values()) expect(seen).toEqual(order.filter((state) => seen.includes(state)));
    expect([...states.values()].filter((seen) => seen.length === 3).length).toBeGreaterThan(5);
  });

  it('with a runtime error reports it in the words that scripts search for, and repairs it', () => {
    const cloud = new EngineUnderTest();
    const deploymentId = cloud.deploy('Pairs trade KO and PEP [sandbox: build/pairs/repaired]');
    cloud.finish(deploymentId);
    const results = toolsOf(cloud.messages(deploymentId), 'create_backtest').map(
      ({ output }) => output?.structuredContent,
    );
    expect(results[0]).toMatchObject({ success: false, errors: ['The backtest ended with a runtime error.'] });
    expect(results.at(-1)).toMatchObject({ success: true, errors: [] });
    const { backtest } = results.at(-1) ?? {};
    expect(backtest).toMatchObject({
      statistics: {
        'Sharpe Ratio': expect.stringMatching(/^-?\d+\.\d{3}$/) as string,
        'Total Orders': expect.stringMatching(/^\d+$/) as string,
      },
    });
  });

  it('fails when its prompt asks for a runtime error, and a follow-up prompt repairs it', () => {
    const cloud = new EngineUnderTest();
    const deploymentId = cloud.deploy('Risk parity. Show me a runtime error.');
    cloud.finish(deploymentId);
    expect(cloud.deployment(deploymentId)).toMatchObject({
      status: 'Failed',
      runtimeError: expect.stringMatching(/^Runtime Error: /) as string,
    });
    cloud.call('/agents/deployments/prompt', { deploymentId, prompt: 'Please repair it.' });
    cloud.finish(deploymentId);
    expect(cloud.deployment(deploymentId)).toMatchObject({ status: 'Completed', runtimeError: null });
    expect(toolsOf(cloud.messages(deploymentId), 'create_backtest').at(-1)?.output?.structuredContent?.success).toBe(
      true,
    );
  });

  it('can be stopped, and streaming parts stay as they were', () => {
    const cloud = new EngineUnderTest();
    const deploymentId = cloud.deploy('Momentum on QQQ');
    cloud.clock.passSeconds(4);
    const before = cloud.messages(deploymentId);
    expect(partsOf(before).at(-1)).toMatchObject({ state: 'streaming' });
    cloud.call('/agents/deployments/stop', { deploymentId });
    expect(cloud.deployment(deploymentId)).toMatchObject({ status: 'Stopped', ended: '2026-05-12 12:00:04' });
    cloud.clock.passSeconds(500);
    expect(cloud.messages(deploymentId)).toEqual(before);
    expect(cloud.status(deploymentId)).toBe('Stopped');
  });

  it('that is stopped in the queue never started', () => {
    const cloud = new EngineUnderTest();
    const deploymentId = cloud.deploy('Momentum on QQQ');
    cloud.call('/agents/deployments/stop', { deploymentId });
    cloud.clock.passSeconds(60);
    expect(cloud.deployment(deploymentId)).toMatchObject({ status: 'Stopped', started: null });
    expect(cloud.messages(deploymentId)).toHaveLength(1);
  });

  it('takes a prompt while it runs and answers it after the run, in order', () => {
    const cloud = new EngineUnderTest();
    const deploymentId = cloud.deploy('Momentum on QQQ');
    cloud.clock.passSeconds(10);
    expect(cloud.call('/agents/deployments/prompt', { deploymentId, prompt: 'Add a stop.' })).toMatchObject({
      success: true,
      message: 'Prompt run started.',
    });
    expect(cloud.messages(deploymentId)).toHaveLength(2);
    cloud.finish(deploymentId);
    expect(cloud.messages(deploymentId).map(({ role }) => role)).toEqual(['user', 'assistant', 'user', 'assistant']);
  });

  it('that is stopped with a prompt waiting shows the prompt, unanswered', () => {
    const cloud = new EngineUnderTest();
    const deploymentId = cloud.deploy('Momentum on QQQ');
    cloud.clock.passSeconds(10);
    cloud.call('/agents/deployments/prompt', { deploymentId, prompt: 'Add a stop.' });
    cloud.clock.passSeconds(1);
    cloud.call('/agents/deployments/stop', { deploymentId });
    cloud.clock.passSeconds(300);
    expect(cloud.status(deploymentId)).toBe('Stopped');
    expect(cloud.messages(deploymentId).map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
  });

  it('answers a prompt about its own code with an edit that fits it, turn after turn', () => {
    const cloud = new EngineUnderTest();
    const deploymentId = cloud.deploy('Momentum on QQQ and GLD');
    cloud.finish(deploymentId);
    for (const prompt of [
      'Add a trailing stop.',
      'Now realistic slippage.',
      'Start in 2007.',
      'Log the fills.',
      'Trade less.',
    ]) {
      cloud.call('/agents/deployments/prompt', { deploymentId, prompt });
      cloud.finish(deploymentId);
    }
    const messages = cloud.messages(deploymentId);
    let code = '';
    for (const { toolName, input } of partsOf(messages)) {
      if (toolName === 'create_file') code = String(input?.['content']);
      if (toolName === 'edit_file') {
        expect(code).toContain(input?.['oldString']);
        code = code.replace(String(input?.['oldString']), () => String(input?.['newString']));
      }
    }
    for (const expected of [
      'TrailingStopRiskManagementModel',
      'VolumeShareSlippageModel',
      'set_start_date(2007',
      'on_order_event',
      'minimum_order_margin',
    ])
      expect(code).toContain(expected);
  });

  it('of an agent with sub-agents contains their conversations, which can also be read alone', () => {
    const cloud = new EngineUnderTest();
    const deploymentId = cloud.deploy('Covered calls on SPY', 118);
    cloud.finish(deploymentId);
    const calls = partsOf(cloud.messages(deploymentId)).filter(({ messages }) => messages !== undefined);
    expect(calls.length).toBe(2);
    for (const { messages, toolMetadata } of calls) {
      const { callableId } = toolMetadata ?? { callableId: '' };
      expect(
        cloud.call<{ conversation: { messages: Message[]; agentProperties: object } }>(
          '/agents/deployments/conversation/read',
          { deploymentId, callableId },
        ).conversation,
      ).toMatchObject({
        messages,
        agentProperties: { [callableId]: { agentId: expect.any(Number) as number } },
      });
    }
    expect(cloud.call('/agents/deployments/conversation/read', { deploymentId, callableId: 'nobody' })).toMatchObject({
      success: false,
    });
  });

  it('of a chain has one message for each agent', () => {
    const cloud = new EngineUnderTest();
    const deploymentId = cloud.deploy('ETF rotation on SPY', 112);
    cloud.finish(deploymentId);
    expect(cloud.messages(deploymentId).map(({ role }) => role)).toEqual(['user', 'assistant', 'assistant']);
  });
});

/** Whether a part at a later read is the same or has grown. */
function continues(earlier: Part, later: Part): boolean {
  if (earlier.type !== later.type || earlier.toolCallId !== later.toolCallId) return false;
  const order =
    earlier.type === 'dynamic-tool'
      ? ['input-streaming', 'input-available', 'output-available', 'output-error']
      : ['streaming', 'done'];
  if (earlier.state !== undefined && order.indexOf(earlier.state) > order.indexOf(later.state ?? '')) return false;
  if (earlier.text !== undefined && !(later.text ?? '').startsWith(earlier.text)) return false;
  if (earlier.state !== 'input-streaming') return JSON.stringify(earlier.input) === JSON.stringify(later.input);
  return Object.entries(earlier.input ?? {}).every(([key, value]) =>
    typeof value === 'string'
      ? String(later.input?.[key]).startsWith(value)
      : JSON.stringify(value) === JSON.stringify(later.input?.[key]),
  );
}

describe('Reading a conversation at any two moments', () => {
  const prompts = [
    'Momentum on QQQ',
    '[sandbox: build/futures-trend/failed]',
    '[sandbox: every-part]',
    'Ideas, please',
    'What is warm-up?',
    '[sandbox: long/pairs]',
  ];
  const moments = fc
    .tuple(fc.integer({ min: 0, max: 200_000 }), fc.integer({ min: 0, max: 200_000 }))
    .map(([one, other]) => [Math.min(one, other), Math.max(one, other)] as const);
  const agents = fc.constantFrom(41, 42, 43, 45, 47, 48, 49, 52, 105, 112, 118);

  it('only adds: no message or part disappears, shrinks or moves', () => {
    fc.assert(
      fc.property(fc.constantFrom(...prompts), agents, moments, (prompt, agentId, [early, late]) => {
        const cloud = new EngineUnderTest();
        const deploymentId = cloud.deploy(prompt, agentId);
        cloud.call('/agents/deployments/prompt', { deploymentId, prompt: 'Add a stop.' });
        cloud.clock.at = NOON + early;
        const before = cloud.messages(deploymentId);
        cloud.clock.at = NOON + late;
        const after = cloud.messages(deploymentId);
        expect(after.length).toBeGreaterThanOrEqual(before.length);
        before.forEach((message, index) => {
          expect(after[index]?.id).toBe(message.id);
          expect(after[index]?.time).toBe(message.time);
          message.parts.forEach((part, position) => {
            const later = after[index]?.parts[position];
            expect(
              later !== undefined && continues(part, later),
              `${JSON.stringify(part).slice(0, 300)} → ${JSON.stringify(later).slice(0, 300)}`,
            ).toBe(true);
          });
        });
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('gives the same twice, and in another process with the same seed', () => {
    fc.assert(
      fc.property(fc.constantFrom(...prompts), moments, (prompt, [early, late]) => {
        const [one, other] = [new EngineUnderTest(), new EngineUnderTest()];
        const bodies = [one, other].map((cloud) => {
          const deploymentId = cloud.deploy(prompt);
          cloud.clock.at = NOON + early;
          const body = cloud.text('/agents/deployments/conversation/read', { deploymentId });
          cloud.clock.at = NOON + late;
          cloud.text('/agents/deployments/conversation/read', { deploymentId });
          cloud.clock.at = NOON + early;
          expect(cloud.text('/agents/deployments/conversation/read', { deploymentId })).toBe(body);
          return body;
        });
        expect(bodies[0]).toBe(bodies[1]);
      }),
      { numRuns: 20 },
    );
  }, 60_000);

  it('counts tokens that only grow', () => {
    const cloud = new EngineUnderTest();
    const deploymentId = cloud.deploy('Momentum on QQQ');
    let before = { inputTokens: 0, outputTokens: 0 };
    for (let second = 0; second < 100; second++) {
      const { conversation } = cloud.call<{ conversation: typeof before }>('/agents/deployments/conversation/read', {
        deploymentId,
      });
      expect(conversation.inputTokens).toBeGreaterThanOrEqual(before.inputTokens);
      expect(conversation.outputTokens).toBeGreaterThanOrEqual(before.outputTokens);
      before = conversation;
      cloud.clock.passSeconds(1);
    }
    expect(before.inputTokens).toBeGreaterThan(10_000);
    expect(before.outputTokens).toBeGreaterThan(500);
  });

  it('is over twenty times sooner at speed 20', () => {
    const slow = new EngineUnderTest({ seed: 5 });
    const fast = new EngineUnderTest({ seed: 5, speed: 20 });
    const [inLife, inHaste] = [slow, fast].map((cloud) => cloud.finish(cloud.deploy('Momentum on QQQ')));
    expect(inHaste).toBeLessThanOrEqual(Math.ceil((inLife ?? 0) / 20) + 1);
  });
});

describe('The state', () => {
  it('is plain JSON, and another engine continues from it', () => {
    const clock = new TestClock();
    const first = new EngineUnderTest({ clock });
    const deploymentId = first.deploy('Momentum on QQQ');
    clock.passSeconds(20);
    const second = new EngineUnderTest({
      clock,
      seed: 999,
      state: JSON.parse(JSON.stringify(first.engine.state)) as unknown,
    });
    expect(second.engine.startedAfresh).toBeUndefined();
    for (const seconds of [0, 15, 300]) {
      clock.passSeconds(seconds);
      for (const [path, body] of [
        ['/agents/deployments/conversation/read', { deploymentId }],
        ['/agents/deployments/read', { deploymentId }],
        ['/agents/tasks/list', { organizationId: first.organizationId }],
        ['/agents/list', { organizationId: first.organizationId }],
      ] as const)
        expect(second.text(path, body)).toBe(first.text(path, body));
    }
    expect(second.deploy('Pairs KO PEP')).toBe(first.deploy('Pairs KO PEP'));
  });

  it('is reported after every request that changes it, and after no other', () => {
    let told = 0;
    const cloud = new EngineUnderTest({ onChange: () => told++ });
    cloud.call('/agents/list', { organizationId: cloud.organizationId });
    cloud.call('/agents/read', { agentId: 1 });
    expect(told).toBe(0);
    cloud.call('/agents/update', { agentId: 47, name: 'Other' });
    expect(told).toBe(1);
    cloud.deploy('hello');
    expect(told).toBe(3);
  });

  it.each([
    ['something else', 'text'],
    ['another version', { version: 99 }],
    ['a list that is none', { version: 1, organizations: {} }],
    [
      'a broken turn',
      {
        ...new EngineUnderTest().engine.state,
        deployments: [{ ...new EngineUnderTest().engine.state.deployments[0], turns: [{}] }],
      },
    ],
    ['an agent without a name', { ...new EngineUnderTest().engine.state, agents: [{ id: 1 }] }],
  ])('is left aside when it is broken, and that is said: %s', (_what, state) => {
    const cloud = new EngineUnderTest({ state });
    expect(cloud.engine.startedAfresh).toBeTypeOf('string');
    expect(cloud.call('/agents/list', { organizationId: cloud.organizationId })).toMatchObject({ success: true });
  });
});
