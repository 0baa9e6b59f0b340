/** The page's end of the wire to the panel, and what the page keeps for a reload. */
import type { FromPage, PanelIdentity } from '../../../src/core/pages/conversation/protocol';
import { parseSavedPage, type SavedPage } from '../../../src/core/pages/conversation/savedPage';

export type { ReadingPosition } from '../../../src/core/pages/conversation/protocol';

export class Host {
  private readonly api = acquireVsCodeApi();
  private kept: SavedPage;

  /**
   * @param takenOver what a page has kept that this one goes on for: used where VS Code has kept nothing for this one.
   */
  constructor(identity: PanelIdentity, takenOver?: unknown) {
    const before = parseSavedPage(this.api.getState() ?? takenOver);
    this.kept = {
      draft: '',
      draftTold: true,
      folds: [],
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
