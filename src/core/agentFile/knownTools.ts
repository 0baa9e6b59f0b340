/**
 * The tools that are documented or were seen (docs/api/contract.md, "Conversation"). The list is open: other names are
 * valid too.
 */
const TOOLS = [
  'create_file',
  'edit_file',
  'read_file',
  'delete_file',
  'search_file_content',
  'create_compile',
  'create_backtest',
  'read_backtest',
  'list_backtests',
  'update_backtest',
  'delete_backtest',
  'search_backtest_logs',
  'create_optimization',
  'read_optimization',
  'list_optimizations',
  'abort_optimization',
  'delete_optimization',
  'jupyter_create_cell',
  'jupyter_read_cell',
  'jupyter_update_cell',
  'jupyter_delete_cell',
  'jupyter_execute_cell',
  'jupyter_create_notebook',
  'jupyter_read_notebook',
  'jupyter_execute_notebook',
  'create_live_algorithm',
  'read_live_algorithm',
  'stop_live_algorithm',
  'liquidate_live_algorithm',
  'search_live_logs',
  'object_store_get',
  'object_store_set',
  'create_kanban_card',
  'get_kanban_cards',
  'update_kanban_card',
  'delete_kanban_card',
  'get_kanban_ideas',
  'select_kanban_card',
  'deploy_kanban_card',
  'send_email_notification',
  'send_sms_notification',
  'send_telegram_notification',
  'list_datasets',
  'get_dataset_details',
  'financial_data_blog_posts',
  'financial_data_news_articles',
  'fetch_url',
  'read_open_project',
  'read_project_nodes',
  'update_project',
  'initialize_project',
  'read_project_templates',
  'user_input',
] as const;

const MOVES_MONEY: ReadonlySet<string> = new Set([
  'create_live_algorithm',
  'stop_live_algorithm',
  'liquidate_live_algorithm',
]);

export interface KnownTool {
  readonly name: string;
  /** Whether it starts, stops or liquidates a live algorithm, so that it moves real money. */
  readonly movesMoney: boolean;
}

export const KNOWN_TOOLS: readonly KnownTool[] = TOOLS.map((name) => ({ name, movesMoney: MOVES_MONEY.has(name) }));

export function movesMoney(tool: string): boolean {
  return MOVES_MONEY.has(tool);
}
