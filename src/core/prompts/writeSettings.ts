import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, type Pair, type YAMLMap } from 'yaml';
import { findFrontMatter } from '../markdownFile/frontMatter';
import { applyEdits, lineBreakOf, type TextEdit } from '../markdownFile/text';
import { offsetsOf, readYaml, valueOf, yamlSource, type Offsets } from '../markdownFile/yaml';
import { SETTINGS_KEY } from './mentionsSettings';
import { parsePromptFile } from './promptFile';
import { scalarText, SETTING_NAMES, type PromptSettings } from './settings';

/** The text with the settings in its front matter. Unchanged if no edit is safe: see {@link settingsEdits}. */
export function withSettings(text: string, settings: PromptSettings): string {
  return applyEdits(text, settingsEdits(text, settings) ?? []);
}

/**
 * The edits that write settings into a prompt file's front matter. They add missing settings and replace different
 * ones. They preserve comments, key order, quotes and line breaks, which printing the YAML would not.
 * @returns edits that do not overlap, or none if nothing changes. Undefined if no edit is safe.
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

/** A setting as it is read: without spaces around it, and undefined if it is empty. */
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
    return [insert(matter.bodyStart, ['---', ...blockSection('', wanted), '---', '', ''].join(lineBreak))];
  }
  const source = yamlSource(text.slice(matter.yamlStart, matter.yamlEnd));
  const { document, problems } = readYaml(source);
  if (!document || problems.some(({ severity }) => severity === 'error')) return undefined;
  const local = topLevelEdits(source, document.contents, wanted, lineBreak);
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

function replacement(source: string, node: unknown, value: string, lineBreak: string): TextEdit {
  const [start, end] = rangeOf(node);
  // A missing value begins right after its colon. A block scalar ends after its last line break.
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

function rangeOf(node: unknown): Offsets {
  return offsetsOf(node) ?? [0, 0];
}

/** Reads the edited text again. YAML has more special cases than the edits know, so only this proves that they work. */
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
  const contents = readYaml(text.slice(matter.yamlStart, matter.yamlEnd)).document?.contents;
  return isMap(contents)
    ? contents.items
        .filter(({ key }) => !(isScalar(key) && key.value === SETTINGS_KEY))
        .map(({ key, value }) => JSON.stringify([key, value]))
    : [];
}
