import { describe, expect, it } from 'vitest';
import { callWords } from '../../../../../src/core/conversation/toolCalls/tools';

describe('callWords: a tool without an entry of its own', () => {
  it.each([
    ['search_backtest_logs', 'Searched backtest logs'],
    ['read_open_project', 'Read open project'],
    ['get_kanban_cards', 'Read kanban cards'],
    ['jupyter_execute_cell', 'Ran notebook cell'],
    ['jupyter_create_notebook', 'Created notebook'],
    ['object_store_set', 'Wrote to Object Store'],
    ['send_sms_notification', 'Sent SMS notification'],
    ['user_input', 'Asked the user'],
    ['stop_loss_check', 'Stop loss check'],
    ['list', 'Listed'],
    ['jupyter', 'Jupyter'],
    ['constructor', 'Constructor'],
    ['___', '___'],
    ['', ''],
  ])('%s', (name, words) => {
    expect(callWords(name, 'done')).toBe(words);
  });
});
