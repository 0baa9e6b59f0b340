import type { PageTexts } from '../../core/pages/texts';
import type { PanelIdentity } from '../../core/pages/conversation/protocol';
import type { SavedPage } from '../../core/pages/conversation/savedPage';
import { escaped, frameHtml, type PageSources } from '../../panels/pageFrame';

export interface PageShell extends PageSources {
  /** The page keeps the identity for a reload. VS Code restores the panel from it. */
  readonly identity: PanelIdentity;
  readonly texts: PageTexts;
  /** State of an earlier page, which this page adopts. */
  readonly saved?: SavedPage;
}

/** The page before any script runs: the skeleton of a conversation. */
export function pageHtml({ identity, saved, ...frame }: PageShell): string {
  const { title, loading } = frame.texts.page;
  return frameHtml({
    ...frame,
    title,
    given: { identity, ...(saved && { saved }) },
    skeleton:
      '<main class="skeleton" aria-busy="true">' +
      `<p class="visually-hidden">${escaped(loading)}</p><div></div><div></div><div></div></main>`,
  });
}
