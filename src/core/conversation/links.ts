/** Whether an address may be handed to the system: web and mail alone. The page shows as links what this allows, and nothing else. */
export function isOpenableUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  return ['https:', 'http:', 'mailto:'].includes(new URL(url).protocol);
}
