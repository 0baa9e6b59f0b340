import { isDeepStrictEqual } from 'node:util';
import { isCollection, isMap, isScalar, type Node, type Pair, type YAMLMap } from 'yaml';
import { findFrontMatter, SETTINGS_KEY } from './frontMatter';
import { parsePromptFile, valueOf } from './promptFile';
import { scalarText, SETTING_NAMES, type PromptSettings } from './settings';
import { applyEdits, BYTE_ORDER_MARK, lineBreakOf, type TextEdit } from './text';
import { parseYaml, yamlSource } from './yaml';

/**
 * The text with the settings in its front matter; see {@link settingsEdits}. Unchanged where they cannot be written.
 */
export function withSettings(text: string, settings: PromptSettings): string {
  return applyEdits(text, settingsEdits(text, settings) ?? []);
}

/**
 * The edits that write settings into a prompt file's front matter: added where they are missing, replaced where they
 * differ. Edits, and not the YAML printed anew, because whoever wrote the front matter shall find comments, order,
 * quotes and line breaks as they were.
 * @returns edits that do not overlap, empty where nothing has to change; undefined where the front matter is such that
 * no edit is safe.
 */
export function settingsEdits(text: string, settings: PromptSettings): readonly TextEdit[] | undefined {
  const before = parsePromptFile(text);
  const wanted = SETTING_NAMES.flatMap((name) => {
    const value = asRead(settings[name]);
    return value === undefined || before.settings[name] === value ? [] : [{ name, value }];
  });
  if (wanted.length === 0) return [];
  const edits = editsFor(
    text,
    wanted.map(({ name, value }) => ({ name, value: scalarText(value) })),
  );
  const expected = { ...before.settings, ...Object.fromEntries(wanted.map(({ name, value }) => [name, value])) };
  return edits && keepsTheRest(text, applyEdits(text, edits), expected) ? edits : undefined;
}

/** A setting as reading gives it back: without outer blanks, and an empty one is none. */
function asRead(value: string | number | undefined): string | number | undefined {
  return typeof value === 'string' ? value.trim() || undefined : value;
}

interface Wanted {
  readonly name: string;
  /** As YAML. */
  readonly value: string;
}

function editsFor(text: string, wanted: readonly Wanted[]): readonly TextEdit[] | undefined {
  const lineBreak = lineBreakOf(text);
  const matter = findFrontMatter(text);
  if (matter.kind === 'unterminated') return undefined;
  if (matter.kind === 'none') {
    const start = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
    return [insert(start, ['---', ...blockSection('', wanted), '---', '', ''].join(lineBreak))];
  }
  const source = yamlSource(text.slice(matter.yamlStart, matter.yamlEnd));
  const document = parseYaml(source);
  if (document.errors.length > 0) return undefined;
  const { contents } = document;
  const local = topLevelEdits(source, contents, wanted, lineBreak);
  return local?.map((edit) => ({ ...edit, start: edit.start + matter.yamlStart, end: edit.end + matter.yamlStart }));
}

function topLevelEdits(
  source: string,
  contents: unknown,
  wanted: readonly Wanted[],
  lineBreak: string,
): readonly TextEdit[] | undefined {
  const atEnd = (indent: string): readonly TextEdit[] => [
    insert(
      source.length,
      blockSection(indent, wanted)
        .map((line) => line + lineBreak)
        .join(''),
    ),
  ];
  if (contents === null || (isScalar(contents) && contents.value === null && contents.source === '')) return atEnd('');
  if (!isMap(contents)) return undefined;
  const own = contents.items.find(({ key }) => isScalar(key) && key.value === SETTINGS_KEY);
  if (contents.flow) {
    if (!own) return flowInsertion(source, contents, [`${SETTINGS_KEY}: ${flowSection(wanted)}`]);
  } else if (!own) {
    return atEnd(indentOf(source, contents));
  }
  return sectionEdits(source, own, wanted, lineBreak, contents.flow === true);
}

function sectionEdits(
  source: string,
  own: Pair,
  wanted: readonly Wanted[],
  lineBreak: string,
  insideFlow: boolean,
): readonly TextEdit[] | undefined {
  const section = own.value;
  if (isScalar(section) && section.value === null) {
    const [start, end] = rangeOf(section);
    if (insideFlow) return [{ start, end, newText: `${end > start ? '' : ' '}${flowSection(wanted)}` }];
    const lineEnd = endOfLine(source, end);
    const lines = blockSection(' '.repeat(columnOf(source, rangeOf(own.key)[0])), wanted).slice(1);
    return [
      ...(end > start ? [{ start, end, newText: '' }] : []),
      insert(lineEnd, lines.map((line) => lineBreak + line).join('')),
    ];
  }
  if (!isMap(section)) return undefined;

  const edits: TextEdit[] = [];
  const missing: Wanted[] = [];
  for (const item of wanted) {
    const node = valueOf(section, item.name);
    if (node === undefined || node === null) missing.push(item);
    else if (!isScalar(node)) return undefined;
    else edits.push(replacement(source, node, item.value, lineBreak));
  }
  if (missing.length === 0) return edits;
  const pairs = missing.map(({ name, value }) => `${name}: ${value}`);
  const added = section.flow
    ? flowInsertion(source, section, pairs)
    : blockInsertion(source, section, pairs, lineBreak);
  return added && [...edits, ...added];
}

function replacement(source: string, node: Node, value: string, lineBreak: string): TextEdit {
  const [start, end] = rangeOf(node);
  // A missing value begins right behind its colon; a block scalar ends behind its last line break.
  const lead = end === start ? ' ' : '';
  return { start, end, newText: lead + value + (/[\r\n]$/.test(source.slice(start, end)) ? lineBreak : '') };
}

function blockInsertion(
  source: string,
  map: YAMLMap,
  pairs: readonly string[],
  lineBreak: string,
): readonly TextEdit[] | undefined {
  const last = map.items.at(-1)?.value;
  if (last === null || last === undefined) return undefined;
  const indent = indentOf(source, map);
  const end = rangeOf(last)[1];
  if (/[\r\n]/.test(source.charAt(end - 1)))
    return [insert(end, pairs.map((pair) => indent + pair + lineBreak).join(''))];
  return [insert(endOfLine(source, end), pairs.map((pair) => lineBreak + indent + pair).join(''))];
}

function flowInsertion(source: string, map: YAMLMap, pairs: readonly string[]): readonly TextEdit[] | undefined {
  const [start, end] = rangeOf(map);
  const last = map.items.at(-1);
  if (!last) return [{ start, end, newText: `{ ${pairs.join(', ')} }` }];
  const lastEnd = rangeOf(last.value ?? last.key)[1];
  return source.charAt(end - 1) === '}' ? [insert(lastEnd, pairs.map((pair) => `, ${pair}`).join(''))] : undefined;
}

const flowSection = (wanted: readonly Wanted[]): string =>
  `{ ${wanted.map(({ name, value }) => `${name}: ${value}`).join(', ')} }`;

const blockSection = (indent: string, wanted: readonly Wanted[]): readonly string[] => [
  `${indent}${SETTINGS_KEY}:`,
  ...wanted.map(({ name, value }) => `${indent}  ${name}: ${value}`),
];

const insert = (offset: number, newText: string): TextEdit => ({ start: offset, end: offset, newText });

function indentOf(source: string, map: YAMLMap): string {
  return ' '.repeat(columnOf(source, rangeOf(map.items[0]?.key ?? map)[0]));
}

function columnOf(source: string, offset: number): number {
  return offset - Math.max(source.lastIndexOf('\n', offset - 1), source.lastIndexOf('\r', offset - 1)) - 1;
}

function endOfLine(source: string, offset: number): number {
  const found = source.slice(offset).search(/[\r\n]/);
  return found < 0 ? source.length : offset + found;
}

function rangeOf(node: unknown): readonly [number, number] {
  const range = isScalar(node) || isCollection(node) ? node.range : undefined;
  return range ? [range[0], range[1]] : [0, 0];
}

/** YAML has more corners than these edits know: what they would give is read again before it is believed. */
function keepsTheRest(before: string, after: string, expected: PromptSettings): boolean {
  const old = parsePromptFile(before);
  const now = parsePromptFile(after);
  return (
    now.prompt === old.prompt &&
    !now.problems.some(({ code, severity }) => severity === 'error' && code !== 'emptyPrompt') &&
    isDeepStrictEqual(now.settings, expected) &&
    isDeepStrictEqual(otherKeys(after), otherKeys(before))
  );
}

function otherKeys(text: string): readonly unknown[] {
  const matter = findFrontMatter(text);
  if (matter.kind !== 'closed') return [];
  const { contents } = parseYaml(yamlSource(text.slice(matter.yamlStart, matter.yamlEnd)));
  return isMap(contents)
    ? contents.items
        .filter(({ key }) => !(isScalar(key) && key.value === SETTINGS_KEY))
        .map(({ key, value }) => JSON.stringify([key, value]))
    : [];
}
