/** JSON as a text for people. */

/** White space may be this many times as long as the JSON without it, plus a free amount. */
const MAX_SPACE_FACTOR = 2;
const FREE_SPACE = 4_096;

/**
 * JSON for a person: indented, with keys in their original order. Indentation costs the square of the depth. So values
 * below an affordable depth stay on one line, and the text is at most about three times as long as the JSON without
 * spaces.
 */
export function asJson(value: unknown): string {
  // `JSON.stringify` returns undefined for undefined, although its type says otherwise.
  const compact = JSON.stringify(value) as string | undefined;
  return compact === undefined ? '' : indented(compact, affordableDepth(compact));
}

/** The number of levels that can be indented. */
function affordableDepth(compact: string): number {
  // No entry: that depth costs nothing.
  const cost: (number | undefined)[] = [];
  const add = (depth: number, characters: number): void => {
    cost[depth] = (cost[depth] ?? 0) + characters;
  };
  eachSign(compact, (sign, _index, depth) => {
    if (sign === ':') add(depth, 1);
    else add(depth, 1 + 2 * (sign === '}' || sign === ']' ? depth - 1 : depth));
  });
  let room = MAX_SPACE_FACTOR * compact.length + FREE_SPACE;
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
 * Visits every structural character outside of texts and of empty lists and objects. The depth of a bracket is the
 * depth of its contents.
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

/** The position of the quotation mark that closes the text which starts at `start`. */
function endOfText(compact: string, start: number): number {
  for (let end = compact.indexOf('"', start + 1); ; end = compact.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (compact[end - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return end;
  }
}
