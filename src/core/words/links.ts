/**
 * Which addresses are links: those of web and mail. The one home of that rule for the page, for exports and for what is
 * opened.
 * Everything else is shown as text.
 */

/** Whether an address may be handed to the system. */
export function isOpenableUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  return ['https:', 'http:', 'mailto:'].includes(new URL(url).protocol);
}
