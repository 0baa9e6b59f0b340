/** The page's end of the wire to the panel, and what the page keeps for a reload. */
import type { Filter } from '../src/core/conversation/filters';
import type { FindQuery } from '../src/core/conversation/find/matcher';
import type { FromPage, PanelIdentity, ReadingPlace } from '../src/core/conversation/protocol';

export type { ReadingPlace } from '../src/core/conversation/protocol';

export interface SavedPage {
  /** What VS Code restores the panel from after a reload. */
  readonly identity: PanelIdentity;
  readonly draft: string;
  /** Whether the panel has been told of the draft as it stands here. */
  readonly draftTold: boolean;
  /** Drafts that made room for an edited prompt of the history, oldest first. */
  readonly asides?: readonly string[];
  /** Folds that stand otherwise than they do by themselves. */
  readonly folds: readonly (readonly [key: string, open: boolean])[];
  /** Undefined: at the end. */
  readonly place?: ReadingPlace | undefined;
  /** The messages have been drawn once: `place` is the page's own, also where it is none. */
  readonly begun?: boolean;
  /** What was last looked for. */
  readonly find?: FindQuery | undefined;
  /** What alone is shown; undefined: everything. */
  readonly filter?: Filter | undefined;
}

export class Host {
  private readonly api = acquireVsCodeApi<SavedPage>();
  private kept: SavedPage;

  constructor(identity: PanelIdentity) {
    const before = this.api.getState();
    this.kept = {
      draft: '', draftTold: true, folds: [],
      // A panel restored for another deployment would otherwise show this one's draft.
      ...(before?.identity.deploymentId === identity.deploymentId && before),
      identity,
    };
    this.api.setState(this.kept);
  }

  get saved(): SavedPage {
    return this.kept;
  }

  save(changed: Partial<Omit<SavedPage, 'identity'>>): void {
    this.kept = { ...this.kept, ...changed };
    this.api.setState(this.kept);
  }

  post(message: FromPage): void {
    this.api.postMessage(message);
  }
}
