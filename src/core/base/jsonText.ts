/** JSON as a text for readers. */

/** White space may be so many times as long as the JSON without it, and so much longer in any case. */
const MOST_SPACE = 2;
const FREE_SPACE = 4_096;

/**
 * JSON for a reader: indented, keys in the order they came. Indentation costs the square of the depth, so values deeper
 * than what the size allows stand on one line: the text is at most about three times as long as the JSON without
 * spaces.
 */
export function asJson(value: unknown): string {
  // Undefined for undefined, whatever its type says.
  const compact = JSON.stringify(value) as string | undefined;
  return compact === undefined ? '' : indented(compact, affordableDepth(compact));
}

/** How many levels can be indented. */
function affordableDepth(compact: string): number {
  // Without an entry for a depth that costs nothing.
  const cost: (number | undefined)[] = [];
  const add = (depth: number, characters: number): void => {
    cost[depth] = (cost[depth] ?? 0) + characters;
  };
  eachSign(compact, (sign, _index, depth) => {
    if (sign === ':') add(depth, 1);
    else add(depth, 1 + 2 * (sign === '}' || sign === ']' ? depth - 1 : depth));
  });
  let room = MOST_SPACE * compact.length + FREE_SPACE;
  const tooDeep = cost.findIndex((characters = 0) => (room -= characters) < 0);
  return tooDeep < 0 ? cost.length : tooDeep - 1;
}

function indented(compact: string, levels: number): string {
  const pieces: string[] = [];
  let written = 0;
  const breakAt = (index: number, depth: number): void => {
    pieces.push(compact.slice(written, index), '\n', '  '.repeat(depth));
    written = index;
  };
  eachSign(compact, (sign, index, depth) => {
    if (depth > levels) return;
    switch (sign) {
      case '}':
      case ']':
        breakAt(index, depth - 1);
        return;
      case ':':
        pieces.push(compact.slice(written, index + 1), ' ');
        written = index + 1;
        return;
      default:
        breakAt(index + 1, depth);
    }
  });
  return pieces.join('') + compact.slice(written);
}

/**
 * Every sign of the structure outside of texts and of empty lists and objects. The depth of brackets is that of what is
 * in them.
 */
function eachSign(compact: string, visit: (sign: string, index: number, depth: number) => void): void {
  let depth = 0;
  for (let index = 0; index < compact.length; index++) {
    const sign = compact.charAt(index);
    switch (sign) {
      case '"':
        index = endOfText(compact, index);
        break;
      case '{':
      case '[':
        if (compact[index + 1] === (sign === '{' ? '}' : ']')) index++;
        else visit(sign, index, ++depth);
        break;
      case '}':
      case ']':
        visit(sign, index, depth--);
        break;
      case ',':
      case ':':
        visit(sign, index, depth);
        break;
      default:
    }
  }
}

/** The quotation mark that ends the text which one begins. */
function endOfText(compact: string, start: number): number {
  for (let end = compact.indexOf('"', start + 1); ; end = compact.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (compact[end - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return end;
  }
}
