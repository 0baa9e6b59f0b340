export const FILE_TOOLS = ['create_file', 'edit_file', 'read_file', 'delete_file', 'search_file_content'];
export const BACKTEST_TOOLS = [
  'create_compile',
  'create_backtest',
  'read_backtest',
  'list_backtests',
  'search_backtest_logs',
];
export const OPTIMIZATION_TOOLS = [
  'create_optimization',
  'read_optimization',
  'list_optimizations',
  'abort_optimization',
];
export const NOTEBOOK_TOOLS = [
  'jupyter_create_notebook',
  'jupyter_create_cell',
  'jupyter_update_cell',
  'jupyter_read_cell',
  'jupyter_execute_cell',
  'jupyter_execute_notebook',
];
export const BOARD_TOOLS = [
  'get_kanban_cards',
  'create_kanban_card',
  'update_kanban_card',
  'select_kanban_card',
  'deploy_kanban_card',
];
export const LIVE_TOOLS = ['create_live_algorithm', 'read_live_algorithm', 'search_live_logs', 'read_project_nodes'];
export const READING_TOOLS = [
  'list_datasets',
  'get_dataset_details',
  'financial_data_blog_posts',
  'financial_data_news_articles',
  'fetch_url',
];
