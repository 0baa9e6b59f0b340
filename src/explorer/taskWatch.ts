import type { Disposable } from '../core/events';
import type { SessionSource } from '../core/organization/session';
import { nextTasksReadMs } from '../core/watch/pace';
import { Poller } from '../core/watch/poller';

/** Keeps the tasks of the session up to date while the tree is in sight. */
export class TaskWatch implements Disposable {
  private failures = 0;
  private readonly poller: Poller;

  constructor(private readonly sessions: SessionSource, private readonly isVisible: () => boolean) {
    this.poller = new Poller(() => this.read(), () => {
      const tasks = this.sessions.current?.store.snapshot.tasks;
      if (!tasks?.value && !tasks?.problem) return undefined;
      return nextTasksReadMs({
        isVisible: this.isVisible(),
        anyActive: tasks.value?.some(({ active }) => active.length > 0) ?? false,
        failures: this.failures,
        lastFailure: tasks.problem?.failure,
      });
    });
  }

  visibilityChanged(): void {
    this.poller.reconsider();
  }

  sessionChanged(): void {
    this.failures = 0;
    this.poller.reconsider();
  }

  dispose(): void {
    this.poller.dispose();
  }

  private async read(): Promise<void> {
    const store = this.sessions.current?.store;
    if (!store) return;
    // What could not be read before is tried again with it, so that one good answer clears the warning.
    await Promise.all([store.refreshTasks(), ...(store.snapshot.agents.problem ? [store.refreshAgents()] : [])]);
    this.failures = store.snapshot.tasks.problem ? this.failures + 1 : 0;
  }
}
