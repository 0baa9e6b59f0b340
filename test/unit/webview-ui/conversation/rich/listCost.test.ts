import { expect, it } from 'vitest';
import { listCost } from '../../../../../webview-ui/conversation/rich/listCost';
import { visibleText } from '../../../../../webview-ui/conversation/rich/visibleText';

it('listCost: grows with the items of one list, and adds up for several', () => {
  const list = (items: number): string => '- an item\n'.repeat(items);
  expect(listCost('Words.\n\n> one\n\nMore words.\n')).toBeLessThan(20);
  expect(listCost(list(100))).toBe(100 * 1_000);
  expect(listCost(`${list(100)}\nWords.\n\n${list(100)}`)).toBeLessThan(3 * listCost(list(100)));
  expect(listCost(list(1_000))).toBe(100 * listCost(list(100)));
});

it('visibleText: reads a list of 1,000 items, and shows one of 20,000 as it was written', () => {
  expect(visibleText('- **one** of many items\n'.repeat(1_000))).not.toContain('**');
  expect(visibleText('- **x**\n'.repeat(20_000))).toContain('- **x**');
});
