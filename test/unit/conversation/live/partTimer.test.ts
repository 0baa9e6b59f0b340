import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConversationMemory } from '../../../../src/conversation/live/conversationMemory';
import { LiveConversation } from '../../../../src/conversation/live/liveConversation';
import { PartTimer } from '../../../../src/conversation/live/partTimer';
import { applyChanges } from '../../../../src/core/pages/conversation/applyChanges';
import type { PartTime } from '../../../../src/core/conversation/times/partTimes';
import type { ConversationState } from '../../../../src/core/pages/conversation/protocol';
import type { Message, Part } from '../../../../src/core/conversation/transcript/transcript';
import { clockAhead } from '../../../support/clocks';
import { message, tool } from '../../../support/conversations';
import { memoryOf, openMemory, workspace } from '../../../support/savedInputFolders';
import { startSandbox, type RunningSandbox } from '../../../support/sandboxServer';
import { beginSession, type TestSession } from '../../../support/session';

/** The very part that a key names. */
function partAt(messages: readonly Message[], key: string): Part | undefined {
  const at = key.lastIndexOf('/');
  for (const { id, parts } of messages) {
    if (id === key.slice(0, at)) return parts[Number(key.slice(at + 1))];
    for (const part of parts) {
      const found = 'messages' in part ? partAt(part.messages, key) : undefined;
      if (found) return found;
    }
  }
  return undefined;
}

describe('A run in the sandbox that is watched', () => {
  let cloud: RunningSandbox;
  let session: TestSession;
  let memory: ConversationMemory;
  let deploymentId: string;
  let live: LiveConversation;
  let offsetMs: number;
  const clock = clockAhead(() => offsetMs);

  const open = (): void => {
    live = new LiveConversation(session, deploymentId, memory, clock);
  };
  /** Another read, so many seconds later. */
  async function after(seconds: number): Promise<void> {
    offsetMs += seconds * 1_000;
    await live.readNow();
  }
  const told = (): readonly (readonly [string, PartTime])[] => [...live.times].filter(([, { ms }]) => ms !== undefined);
  const atWork = (): readonly string[] => [...live.times].filter(([, { ms }]) => ms === undefined).map(([key]) => key);
  async function until(isSo: () => boolean): Promise<void> {
    for (let reads = 0; !isSo(); reads++) {
      if (reads > 400) throw new Error('It does not come about.');
      await after(1.5);
    }
  }

  beforeEach(async () => {
    offsetMs = 0;
    cloud = await startSandbox({ clock });
    session = beginSession(cloud, { timeoutMs: 4_000 });
    memory = await openMemory();
    await session.store.refreshAll();
    const task = session.store.snapshot.tasks.value?.find(({ active }) => active.length === 0);
    ({ deploymentId } = await session.store.deployTask(task?.id ?? 0));
    open();
    await live.readNow();
  });
  afterEach(async () => {
    live.dispose();
    session.end();
    await cloud.stop();
  });

  it('has a duration for its calls and steps, which together fit into the run; the page hears of each', async () => {
    let page: ConversationState | undefined = live.state();
    live.onDidChange((some) => {
      page = page && applyChanges(page, some);
    });
    await until(() => live.state().header.ended !== undefined);
    await after(1.5);
    const { started = 0, ended = 0 } = live.state().header;
    const calls = live.messages.flatMap(({ parts }) => parts).filter(({ kind }) => kind === 'tool');
    const timed = told().map(([key, time]) => ({ time, part: partAt(live.messages, key) }));
    expect(timed.filter(({ part }) => part?.kind === 'tool').length).toBeGreaterThan(calls.length / 2);
    const steps = timed.filter(({ part }) => part?.kind === 'step');
    expect(steps.length).toBeGreaterThan(2);
    const doubt = steps.reduce((sum, { time }) => sum + (time.within ?? 0), 0);
    expect(steps.reduce((sum, { time }) => sum + (time.ms ?? 0), 0)).toBeLessThanOrEqual(ended - started + doubt);
    for (const { part, time } of timed) {
      expect(['tool', 'reasoning', 'step']).toContain(part?.kind);
      expect(time.since).toBeGreaterThanOrEqual(started - (time.within ?? 0) - 2_000);
    }
    expect(atWork()).toEqual([]);
    expect(new Map(page.partTimes)).toEqual(live.times);
  });

  it('keeps what was seen for the next window, and what is at work goes on there', async () => {
    await until(() => told().length > 1 && atWork().length > 0);
    const before = new Map(live.times);
    live.dispose();
    offsetMs += 1_000;
    open();
    expect(live.times).toEqual(before);
    expect(new Map(live.state().partTimes)).toEqual(before);
    await until(() => live.state().header.ended !== undefined);
    for (const [key, time] of before) if (time.ms !== undefined) expect(live.times.get(key)).toEqual(time);
  });

  it('leaves out what nobody saw: behind a hidden panel, and while reads fail', async () => {
    await until(() => atWork().length > 0);
    const [unseen = ''] = atWork();
    const READ = '/agents/deployments/conversation/read';
    cloud.faults.add({ path: READ, kind: 'status', status: 401 });
    for (let read = 0; read < 3; read++) await after(200);
    expect(live.times.has(unseen)).toBe(true);
    cloud.faults.clear();
    await after(400);
    expect(live.times.has(unseen)).toBe(false);
    expect(live.messages.length).toBeGreaterThan(1);
  });

  it('counts nothing on that a stop left behind', async () => {
    await until(() => atWork().length > 0);
    await live.stop();
    await after(1.5);
    expect(atWork()).toEqual([]);
  });
});

describe('What was seen of a conversation', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_000_000 });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const clock = { now: () => Date.now(), monotonicMs: () => performance.now() };
  const conversation = (count: number, state: string): readonly Message[] => [
    message(
      'm1',
      'assistant',
      ...Array.from({ length: count }, (_, index) => tool('x', { callId: String(index), state })),
    ),
  ];

  function seen(memory: ConversationMemory, deploymentId: string, parts: number): PartTimer {
    const times = new PartTimer(memory, deploymentId, clock);
    for (const messages of [
      conversation(0, ''),
      conversation(parts, 'input-available'),
      conversation(parts, 'output-available'),
    ]) {
      times.read(messages, clock.now(), true);
      vi.advanceTimersByTime(1_000);
    }
    return times;
  }

  it('is written at once, then every few seconds at most, and at the end', () => {
    const kept = workspace();
    const update = vi.spyOn(kept.memento, 'update');
    const writes = (): number => update.mock.calls.filter(([key]) => key === 'quantAgents.observed.A').length;
    const memory = memoryOf(kept);
    const times = new PartTimer(memory, 'A', clock);
    for (let count = 0; count < 20; count++) {
      times.read(conversation(count, 'input-available'), clock.now(), true);
      vi.advanceTimersByTime(500);
    }
    expect(writes()).toBe(2);
    times.dispose();
    expect(writes()).toBe(3);
    vi.advanceTimersByTime(60_000);
    expect(writes()).toBe(3);
    expect(new PartTimer(memory, 'A', clock).times).toEqual(times.times);
  });

  it('sends nothing and writes nothing while no part begins or ends', () => {
    const kept = workspace();
    const times = seen(memoryOf(kept), 'A', 2);
    vi.advanceTimersByTime(10_000);
    const update = vi.spyOn(kept.memento, 'update');
    expect(times.read(conversation(2, 'output-available'), clock.now(), true)).toEqual([]);
    vi.advanceTimersByTime(10_000);
    times.dispose();
    expect(update).not.toHaveBeenCalled();
  });

  it('is forgotten with the deployment, and that of the deployments seen longest ago where it gets too much', () => {
    const kept = workspace();
    const memory = memoryOf(kept);
    for (const id of ['A', 'B', 'C', 'D']) seen(memory, id, 1_500).dispose();
    const ids = (): readonly string[] =>
      Object.keys(kept.memento.entries())
        .filter((key) => key.startsWith('quantAgents.observed.'))
        .map((key) => key.slice('quantAgents.observed.'.length));
    expect(ids()).toEqual(['B', 'C', 'D']);
    for (const id of ['B', 'C', 'D']) memory.forget(id);
    expect(kept.memento.entries()).toEqual({});
  });
});
