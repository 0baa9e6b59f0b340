/** A line that starts a list item or a quotation. */
const ITEM = /^[\s>]*(?:>|(?:[-*+]|\d{1,9}[.)])(?:\s|$))/;

/**
 * The cost of reading a text's lists, in items times characters: for each item, the lexer reads the rest of its list. A
 * list ends at an empty line, if the next line is neither indented nor an item.
 */
export function listCost(markdown: string): number {
  let [cost, items, length, wasEmpty] = [0, 0, 0, true];
  for (let start = 0; start < markdown.length;) {
    const end = markdown.indexOf('\n', start);
    const line = markdown.slice(start, end < 0 ? markdown.length : end);
    start += line.length + 1;
    const isItem = ITEM.test(line.slice(0, 200));
    if (wasEmpty && !isItem && /^\S/.test(line)) {
      cost += items * length;
      [items, length] = [0, 0];
    }
    if (isItem) items++;
    if (items > 0) length += line.length + 1;
    wasEmpty = line.trim() === '';
  }
  return cost + items * length;
}
