/**
 * A window that dies: the real memory, sender and reader in a separate process, with a sandbox over HTTP.
 * `outboxKills.test.ts` starts it. It does one thing with one prompt. Then it kills itself, or is killed, at the step
 * that the test names.
 */
import * as fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import { ConversationMemory } from '../../src/conversation/live/conversationMemory';
import { LiveConversation } from '../../src/conversation/live/liveConversation';
import { systemClock } from '../../src/core/base/clock';
import { memento } from './memories';
import type { RunningSandbox } from './sandboxServer';
import { beginSession } from './session';

export type KillStep =
  | 'before the write'
  | 'when the temporary file is written'
  | 'when the file is renamed'
  | 'when the request has left'
  | 'when the answer has come'
  | 'when the answer is written';
export type SendPath = 'send' | 'queue' | 'sendAgain' | 'sendNow' | 'resume';

export interface WindowTask {
  readonly root: string;
  readonly deploymentId: string;
  readonly cloud: Pick<RunningSandbox, 'url' | 'userId' | 'apiToken' | 'organizationId'>;
  readonly how: SendPath;
  readonly text: string;
  readonly step: KillStep;
}

/** Kills this process when a write of the prompt in this state has reached the step. */
function killAtWrite(text: string, state: string, at: 'begin' | 'written' | 'renamed'): void {
  const patched = createRequire(import.meta.url)('node:fs/promises') as {
    open: typeof fs.open;
    rename: typeof fs.rename;
  };
  const { open, rename } = patched;
  const marks = [JSON.stringify(text).slice(1, -1), `"state":"${state}"`];
  const isMeant = (content: string): boolean => marks.every((mark) => content.includes(mark));
  const die = (): void => {
    process.kill(process.pid, 'SIGKILL');
  };
  patched.open = async (...args) => {
    const handle = await open(...args);
    const writeFile = handle.writeFile.bind(handle);
    handle.writeFile = async (content, ...rest) => {
      if (at === 'begin' && isMeant(String(content))) die();
      await writeFile(content, ...rest);
    };
    return handle;
  };
  patched.rename = async (from, to) => {
    const isNow = isMeant(await fs.readFile(from, 'utf8'));
    if (at === 'written' && isNow) die();
    await rename(from, to);
    if (at === 'renamed' && isNow) die();
  };
}

async function main(): Promise<void> {
  const task = JSON.parse(process.argv[2] ?? '') as WindowTask;
  const memory = new ConversationMemory({
    memento: memento(),
    root: task.root,
    isShared: false,
    log: () => undefined,
    report: () => undefined,
  });
  await memory.open();
  const session = beginSession(task.cloud as RunningSandbox, { timeoutMs: 10_000 });
  await session.store.refreshAll();
  if (task.step === 'before the write') killAtWrite(task.text, 'sending', 'begin');
  if (task.step === 'when the temporary file is written') killAtWrite(task.text, 'sending', 'written');
  if (task.step === 'when the file is renamed') killAtWrite(task.text, 'sending', 'renamed');
  if (task.step === 'when the answer has come') killAtWrite(task.text, 'accepted', 'begin');
  if (task.step === 'when the answer is written') killAtWrite(task.text, 'accepted', 'renamed');
  const live = new LiveConversation(session, task.deploymentId, memory, systemClock);
  if (task.how === 'send') {
    await memory.saveDraft(task.deploymentId, task.text);
    await live.readNow();
    await live.send('c1', task.text);
  } else {
    // The test has put the prompt into the outbox.
    await live.readNow();
    if (task.how === 'sendAgain') await live.sendAgain('c1');
    if (task.how === 'sendNow') await live.sendNow('c1');
    if (task.how === 'resume') await live.resumeQueue();
    if (task.how === 'queue') {
      await live.queue('c1', task.text);
      process.stdout.write('queued\n');
    }
  }
  // The test or the step kills this process.
  setInterval(() => undefined, 1_000);
}

void main();
