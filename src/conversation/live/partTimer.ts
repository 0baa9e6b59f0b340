import type { Clock } from '../../core/base/clock';
import { fromStored, measure, toStored, type MeasuredTimes } from '../../core/conversation/times/measuredTimes';
import { timesBetween, type PartTimes } from '../../core/conversation/times/partTimes';
import type { Change } from '../../core/pages/conversation/protocol';
import type { Message } from '../../core/conversation/transcript/transcript';
import type { Disposable } from '../../core/base/events';
import { timerMs } from '../../core/base/timers';
import type { ConversationMemory } from './conversationMemory';

/** Times are saved no more often than this, because VS Code writes a workspace's memento as a whole. */
const WRITE_EVERY_MS = 5_000;

/**
 * Measures how long the parts of one conversation took, from the reads of this window and those before it. Saves the
 * times with the deployment.
 */
export class PartTimer implements Disposable {
  private measured: MeasuredTimes;
  private writtenAt = Number.NEGATIVE_INFINITY;
  private isUnwritten = false;
  private writing: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly memory: ConversationMemory,
    private readonly deploymentId: string,
    private readonly clock: Clock,
  ) {
    this.measured = fromStored(memory.measuredTimes(deploymentId));
  }

  get times(): PartTimes {
    return this.measured.times;
  }

  /**
   * Adds a read that succeeded just now. Returns the changes for the page: none if no part began or ended.
   * @param began when the read began.
   * @param live whether the run is still active.
   */
  read(messages: readonly Message[], began: number, live: boolean): readonly Change[] {
    const before = this.measured;
    const ended = this.clock.now();
    this.measured = measure(before, messages, { began, ended, wallAheadMs: ended - this.clock.monotonicMs(), live });
    const times = timesBetween(before.times, this.measured.times);
    if (times.length === 0) return [];
    this.writeSoon();
    return [{ kind: 'partTimes', times }];
  }

  dispose(): void {
    clearTimeout(this.writing);
    // Saves parts that still run, too. If the next window reads soon, it can measure when they ended.
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
    this.memory.saveMeasuredTimes(this.deploymentId, toStored(this.measured), this.times.size);
  }
}
