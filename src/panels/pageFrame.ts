import type { PageTexts } from '../core/pages/texts';

/** Where a page comes from, and what its policy lets it load. */
export interface PageSources {
  /** A new one for every page. */
  readonly nonce: string;
  /** `webview.cspSource`. */
  readonly cspSource: string;
  readonly scriptUri: string;
  readonly toolkitUri: string;
  readonly styleUri: string;
}

export interface PageFrame extends PageSources {
  readonly title: string;
  /** The page's texts. They are in the HTML because VS Code also draws pages while no extension host runs. */
  readonly texts: PageTexts;
  /** What the page reads from its root element: `data-<name>`, as JSON. */
  readonly given: Readonly<Record<string, unknown>>;
  /** HTML that shows before any script runs. It is not escaped here, so escape other people's texts in it. */
  readonly skeleton: string;
}

/**
 * The Trusted Types policies that may exist in a page: the toolkit's own and DOMPurify's own. Our pages make none, so
 * our code can turn a string into HTML only through the sanitizer.
 */
const TRUSTED_TYPES_POLICIES = ['fast-html', 'dompurify'] as const;

/**
 * What a page may load: its own scripts by nonce (the chunks that they import inherit it), its own style, and pictures
 * that are part of the page.
 */
export function contentSecurityPolicy({ nonce, cspSource }: Pick<PageSources, 'nonce' | 'cspSource'>): string {
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

/** The HTML of a page. Pages differ only in the fields of `frame`. */
export function frameHtml(frame: PageFrame): string {
  const { nonce, scriptUri, toolkitUri, styleUri, title, texts, given, skeleton } = frame;
  const attributes = Object.entries(given).map(([name, value]) => ` data-${name}="${escaped(JSON.stringify(value))}"`);
  return `<!DOCTYPE html>
<html lang="${escaped(texts.core.language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(contentSecurityPolicy(frame))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="stylesheet" href="${escaped(styleUri)}">
</head>
<body>
<div id="app"${attributes.join('')}>
${skeleton}
</div>
<script type="application/json" id="texts">${inScript(JSON.stringify(texts))}</script>
<script nonce="${escaped(nonce)}" type="module" src="${escaped(scriptUri)}"></script>
<script nonce="${escaped(nonce)}" src="${escaped(toolkitUri)}" defer></script>
</body>
</html>`;
}

/** JSON inside a script element. There the browser knows no `&lt;` and stops at `</script`. It is never run. */
function inScript(json: string): string {
  return json.replace(/</g, '\\u003c');
}

/** Makes a text safe between tags and in a quoted attribute. */
export function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
