import { momentOf, msWithSleep, type Clock, type Moment } from '../core/base/clock';
import type { Disposable } from '../core/base/events';
import type { SessionSource } from '../core/organization/session';
import type { Loadable } from '../core/organization/snapshot';
import { AGENTS_MS, nextTasksReadMs } from '../core/watch/pace';
import { Poller } from '../core/watch/poller';

/** Keeps the tasks of the session up to date while the tree is visible. */
export class TaskWatch implements Disposable {
  private failures = 0;
  /** When our last read ended. Undefined if we have not read in this session. */
  private lastRead: Moment | undefined;
  private readonly poller: Poller;

  constructor(
    private readonly sessions: SessionSource,
    private readonly isVisible: () => boolean,
    private readonly clock: Clock,
  ) {
    this.poller = new Poller(
      () => this.read(),
      () => {
        const tasks = this.sessions.current?.store.snapshot.tasks;
        if (!tasks?.value && !tasks?.problem) return undefined;
        const wait = nextTasksReadMs({
          isVisible: this.isVisible(),
          anyActive: tasks.value?.some(({ active }) => active.length > 0) ?? false,
          failures: this.failures,
          lastFailure: tasks.problem?.failure,
        });
        // The age counts, so a tree that was hidden for long is read as soon as it is visible.
        const age = Math.min(this.age(this.lastRead), this.age(confirmed(tasks)));
        return wait === undefined || !Number.isFinite(age) ? wait : Math.max(0, wait - age);
      },
    );
  }

  visibilityChanged(): void {
    this.poller.reconsider();
  }

  sessionChanged(): void {
    this.failures = 0;
    this.lastRead = undefined;
    this.poller.reconsider();
  }

  dispose(): void {
    this.poller.dispose();
  }

  /** How long ago something was read, in milliseconds. Includes the time that the machine slept. */
  private age(read: Moment | undefined): number {
    return read ? msWithSleep(read, momentOf(this.clock)) : Number.POSITIVE_INFINITY;
  }

  private async read(): Promise<void> {
    const store = this.sessions.current?.store;
    if (!store) return;
    // If the agents could not be read, try them again too. Otherwise their warning would stay.
    const { agents } = store.snapshot;
    const agentsAreDue = agents.problem !== undefined || this.age(confirmed(agents)) >= AGENTS_MS;
    await Promise.all([store.refreshTasks(), ...(agentsAreDue ? [store.refreshAgents()] : [])]);
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- signed out meanwhile
    if (store !== this.sessions.current?.store) return;
    this.lastRead = momentOf(this.clock);
    this.failures = store.snapshot.tasks.problem ? this.failures + 1 : 0;
  }
}

function confirmed({ confirmedAt, confirmedMonotonicMs }: Loadable<unknown>): Moment | undefined {
  return confirmedAt === undefined || confirmedMonotonicMs === undefined
    ? undefined
    : { wallMs: confirmedAt, monotonicMs: confirmedMonotonicMs };
}
