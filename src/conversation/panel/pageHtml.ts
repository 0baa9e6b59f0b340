import type { PageTexts } from '../../core/pages/texts';
import type { PanelIdentity } from '../../core/pages/conversation/protocol';
import type { SavedPage } from '../../core/pages/conversation/savedPage';

export interface PageShell {
  /** Fresh for every page. */
  readonly nonce: string;
  /** `webview.cspSource`. */
  readonly cspSource: string;
  readonly scriptUri: string;
  readonly toolkitUri: string;
  readonly styleUri: string;
  /** Handed to the page so that it can keep it for a reload; it is what VS Code restores the panel from. */
  readonly identity: PanelIdentity;
  /** What the page says. It cannot ask for it: VS Code also draws pages while no extension host runs. */
  readonly texts: PageTexts;
  /** What a page has kept that this one takes over. */
  readonly saved?: SavedPage;
}

/**
 * The Trusted Types policies that may exist in the page: the toolkit's own and DOMPurify's own. The page makes none, so
 * none of its code can turn a string into HTML but by way of the sanitizer.
 */
const TRUSTED_TYPES_POLICIES = ['fast-html', 'dompurify'] as const;

/**
 * What the page may load: its own scripts by nonce (the chunks they import inherit it), its own style, and pictures
 * that are part of the page.
 */
export function contentSecurityPolicy({ nonce, cspSource }: Pick<PageShell, 'nonce' | 'cspSource'>): string {
  return [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `img-src ${cspSource} data:`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types ${TRUSTED_TYPES_POLICIES.join(' ')}`,
  ].join('; ');
}

/** The page as it is before any script has run: a skeleton of a conversation. */
export function pageHtml(shell: PageShell): string {
  const { nonce, scriptUri, toolkitUri, styleUri, identity, texts, saved } = shell;
  const takenOver = saved ? ` data-saved="${escaped(JSON.stringify(saved))}"` : '';
  return `<!DOCTYPE html>
<html lang="${escaped(texts.core.language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(contentSecurityPolicy(shell))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(texts.page.title)}</title>
<link rel="stylesheet" href="${escaped(styleUri)}">
</head>
<body>
<div id="app" data-identity="${escaped(JSON.stringify(identity))}"${takenOver}>
<main class="skeleton" aria-busy="true"><p class="visually-hidden">${escaped(texts.page.loading)}</p><div></div><div></div><div></div></main>
</div>
<script type="application/json" id="texts">${inScript(JSON.stringify(texts))}</script>
<script nonce="${escaped(nonce)}" type="module" src="${escaped(scriptUri)}"></script>
<script nonce="${escaped(nonce)}" src="${escaped(toolkitUri)}" defer></script>
</body>
</html>`;
}

/** JSON inside of a script element, where the browser knows no `&lt;` and ends at `</script`. It is never run. */
function inScript(json: string): string {
  return json.replace(/</g, '\\u003c');
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
