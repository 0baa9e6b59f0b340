import type { Clock } from '../core/clock';
import type { Disposable } from '../core/events';
import type { SessionSource } from '../core/organization/session';
import { AGENTS_MS, nextTasksReadMs } from '../core/watch/pace';
import { Poller } from '../core/watch/poller';

/** Keeps the tasks of the session up to date while the tree is in sight. */
export class TaskWatch implements Disposable {
  private failures = 0;
  /** When the last read ended, whoever asked for it; undefined: none of this session has. */
  private lastReadAt: number | undefined;
  private readonly poller: Poller;

  constructor(private readonly sessions: SessionSource, private readonly isVisible: () => boolean, private readonly clock: Clock) {
    this.poller = new Poller(() => this.read(), () => {
      const tasks = this.sessions.current?.store.snapshot.tasks;
      if (!tasks?.value && !tasks?.problem) return undefined;
      const wait = nextTasksReadMs({
        isVisible: this.isVisible(),
        anyActive: tasks.value?.some(({ active }) => active.length > 0) ?? false,
        failures: this.failures,
        lastFailure: tasks.problem?.failure,
      });
      // The time that has passed counts: a tree that was out of sight for long is read again as soon as it is seen.
      const lastReadAt = Math.max(this.lastReadAt ?? 0, tasks.confirmedAt ?? 0);
      return wait === undefined || lastReadAt === 0 ? wait : Math.max(0, wait - Math.max(0, this.clock.now() - lastReadAt));
    });
  }

  visibilityChanged(): void {
    this.poller.reconsider();
  }

  sessionChanged(): void {
    this.failures = 0;
    this.lastReadAt = undefined;
    this.poller.reconsider();
  }

  dispose(): void {
    this.poller.dispose();
  }

  private async read(): Promise<void> {
    const store = this.sessions.current?.store;
    if (!store) return;
    // What could not be read before is tried again with it, so that one good answer clears the warning.
    const { problem, confirmedAt = 0 } = store.snapshot.agents;
    const agentsAreDue = problem !== undefined || this.clock.now() - confirmedAt >= AGENTS_MS;
    await Promise.all([store.refreshTasks(), ...(agentsAreDue ? [store.refreshAgents()] : [])]);
    if (store !== this.sessions.current?.store) return;
    this.lastReadAt = this.clock.now();
    this.failures = store.snapshot.tasks.problem ? this.failures + 1 : 0;
  }
}
