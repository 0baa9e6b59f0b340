/** Sends messages to the panel, and saves the page's state for a reload. */
import type { FromPage, PanelIdentity } from '../../../src/core/pages/conversation/protocol';
import { parseSavedPage, type SavedPage } from '../../../src/core/pages/conversation/savedPage';

export type { ReadingPosition } from '../../../src/core/pages/conversation/protocol';

export class Host {
  private readonly api = acquireVsCodeApi();
  private current: SavedPage;

  /**
   * @param adopted the state of the page that this one replaces. Used if VS Code has saved no state for this page.
   */
  constructor(identity: PanelIdentity, adopted?: unknown) {
    const before = parseSavedPage(this.api.getState() ?? adopted);
    this.current = {
      draft: '',
      draftTold: true,
      folds: [],
      // The draft of another deployment must not appear here.
      ...(before?.identity.deploymentId === identity.deploymentId && before),
      identity,
    };
    this.api.setState(this.current);
  }

  get saved(): SavedPage {
    return this.current;
  }

  save(changed: Partial<Omit<SavedPage, 'identity'>>): void {
    this.current = { ...this.current, ...changed };
    this.api.setState(this.current);
  }

  post(message: FromPage): void {
    this.api.postMessage(message);
  }
}
