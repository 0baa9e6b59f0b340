import type { Clock } from '../../core/base/clock';
import { fromKept, observe, toKept, type Observed } from '../../core/conversation/times/observed';
import { timesBetween, type PartTimes } from '../../core/conversation/times/partTimes';
import type { Change } from '../../core/pages/conversation/protocol';
import type { Message } from '../../core/conversation/transcript/transcript';
import type { Disposable } from '../../core/base/events';
import { timerMs } from '../../core/base/timers';
import type { ConversationMemory } from './conversationMemory';

/** What was seen is written no more often than this: a workspace's memory is written as a whole. */
const WRITE_EVERY_MS = 5_000;

/**
 * How long the parts of one conversation took, as far as this window and those before it saw: follows the reads, and is
 * kept with the deployment.
 */
export class WatchedTimes implements Disposable {
  private observed: Observed;
  private writtenAt = Number.NEGATIVE_INFINITY;
  private isUnwritten = false;
  private writing: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly memory: ConversationMemory,
    private readonly deploymentId: string,
    private readonly clock: Clock,
  ) {
    this.observed = fromKept(memory.measuredTimes(deploymentId));
  }

  get times(): PartTimes {
    return this.observed.times;
  }

  /**
   * Takes in a read that succeeded just now. What it tells the page: nothing where no part began or ended.
   * @param began when the read began.
   * @param live whether the run goes on.
   */
  read(messages: readonly Message[], began: number, live: boolean): readonly Change[] {
    const before = this.observed;
    const ended = this.clock.now();
    this.observed = observe(before, messages, { began, ended, wallAheadMs: ended - this.clock.monotonicMs(), live });
    const times = timesBetween(before.times, this.observed.times);
    if (times.length === 0) return [];
    this.writeSoon();
    return [{ kind: 'observed', times }];
  }

  dispose(): void {
    clearTimeout(this.writing);
    // What is at work was seen so at the last read: the next window can tell its end if it comes soon.
    const isAtWork = [...this.times.values()].some(({ ms }) => ms === undefined);
    if (this.isUnwritten || isAtWork) this.write();
  }

  private writeSoon(): void {
    this.isUnwritten = true;
    const wait = this.writtenAt + WRITE_EVERY_MS - this.clock.monotonicMs();
    if (wait <= 0) this.write();
    else this.writing ??= setTimeout(() => this.write(), timerMs(wait));
  }

  private write(): void {
    clearTimeout(this.writing);
    this.writing = undefined;
    this.isUnwritten = false;
    this.writtenAt = this.clock.monotonicMs();
    this.memory.saveMeasuredTimes(this.deploymentId, toKept(this.observed), this.times.size);
  }
}
