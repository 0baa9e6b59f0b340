/** Tool names, as the API spells them (docs/api/contract.md). The list is open. */

const LIVE_TOOLS: ReadonlySet<string> = new Set(['create_live_algorithm', 'stop_live_algorithm', 'liquidate_live_algorithm']);

/** Whether a tool acts on live trading: it moves real money. Reading is not acting. */
export function isLiveTool(name: string): boolean {
  return LIVE_TOOLS.has(name);
}

/** Names whose words are not simply those between the underscores. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['create_live_algorithm', 'Deploy live algorithm'],
  ['fetch_url', 'Fetch web page'],
  ['object_store_get', 'Read from Object Store'],
  ['object_store_set', 'Write to Object Store'],
  ['send_sms_notification', 'Send SMS notification'],
  ['user_input', 'Ask the user'],
]);

/** `search_backtest_logs` is *Search backtest logs*. */
export function toolWords(name: string): string {
  const known = WORDS.get(name);
  if (known !== undefined) return known;
  const words = name.replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/[_-]+/g, ' ').trim().toLowerCase();
  return words === '' ? name : words.charAt(0).toUpperCase() + words.slice(1);
}
