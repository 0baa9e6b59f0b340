import { isAlias, isMap, isScalar, type Document, type Node, type YAMLMap } from 'yaml';
import { findFrontMatter, SETTINGS_KEY } from './frontMatter';
import { PROJECT_PREFERENCES, SETTING_NAMES, type PromptSettings, type SettingName } from './settings';
import { linesFrom, positionsIn, type TextRange } from './text';
import { parseYaml, yamlSource } from './yaml';

type PromptProblemCode = 'unterminated' | 'yaml' | 'setting' | 'unknownKey' | 'unknownProject' | 'emptyPrompt';

export interface PromptProblem {
  readonly code: PromptProblemCode;
  readonly message: string;
  /** A file with an error is not deployed. */
  readonly severity: 'error' | 'warning';
  readonly range: TextRange;
}

export interface PromptFile {
  /** What is sent: the text after the front matter, character for character, without the blank lines around it. */
  readonly prompt: string;
  readonly settings: PromptSettings;
  /** Where the value of each setting stands. */
  readonly settingRanges: Partial<Readonly<Record<SettingName, TextRange>>>;
  readonly problems: readonly PromptProblem[];
  /** Both fences included. Undefined: the file has no front matter. */
  readonly frontMatterRange?: TextRange;
}

/**
 * Reads a prompt file. Of the front matter only the key `quantconnect` is looked at; other keys (VS Code's own prompt
 * files have `mode`, `model`, `tools` …) are left alone and never sent. Never throws: what is wrong is in `problems`,
 * at its place.
 */
export function parsePromptFile(text: string): PromptFile {
  const positionAt = positionsIn(text);
  const rangeOf = (start: number, end: number): TextRange => ({ start: positionAt(start), end: positionAt(end) });
  const matter = findFrontMatter(text);
  if (matter.kind === 'unterminated') {
    return {
      prompt: '',
      settings: {},
      settingRanges: {},
      problems: [
        {
          code: 'unterminated',
          severity: 'error',
          range: rangeOf(matter.fenceStart, matter.fenceEnd),
          message:
            'The front matter has no end: close it with a line of “---”, or remove this one if the prompt begins here.',
        },
      ],
      frontMatterRange: rangeOf(matter.fenceStart, matter.fenceEnd),
    };
  }
  const prompt = withoutBlankEdges(text.slice(matter.bodyStart));
  const problems: PromptProblem[] = [];
  const read =
    matter.kind === 'closed'
      ? readSettings(
          yamlSource(text.slice(matter.yamlStart, matter.yamlEnd)),
          (start, end) => rangeOf(matter.yamlStart + start, matter.yamlStart + end),
          problems,
        )
      : { settings: {}, settingRanges: {} };
  if (prompt.trim() === '') {
    problems.push({
      code: 'emptyPrompt',
      severity: 'error',
      message: 'There is no prompt: write what the agent shall do.',
      range: rangeOf(matter.bodyStart, text.length),
    });
  }
  return {
    prompt,
    ...read,
    problems,
    ...(matter.kind === 'closed' ? { frontMatterRange: rangeOf(matter.fenceStart, matter.bodyStart) } : {}),
  };
}

type RangeOf = (start: number, end: number) => TextRange;

function readSettings(
  source: string,
  rangeOf: RangeOf,
  problems: PromptProblem[],
): Pick<PromptFile, 'settings' | 'settingRanges'> {
  const document = parseYaml(source);
  for (const { pos, message } of document.errors) {
    problems.push({
      code: 'yaml',
      severity: 'error',
      message: `The front matter is not valid YAML: ${firstLower(message)}`,
      range: rangeOf(pos[0], pos[1]),
    });
  }
  for (const { pos, message } of document.warnings) {
    problems.push({ code: 'yaml', severity: 'warning', message, range: rangeOf(pos[0], pos[1]) });
  }
  const nothing = { settings: {}, settingRanges: {} };
  if (document.errors.length > 0 || isEmpty(document.contents)) return nothing;
  if (!isMap(document.contents)) {
    problems.push({
      code: 'yaml',
      severity: 'error',
      message: 'The front matter must hold keys and values, such as “quantconnect:”.',
      range: rangeOf(...nodeRange(document.contents)),
    });
    return nothing;
  }
  const own = valueOf(document.contents, SETTINGS_KEY);
  const section = resolved(own, document);
  if (!own || isEmpty(section)) return nothing;
  if (!isMap(section)) {
    problems.push({
      code: 'setting',
      severity: 'error',
      range: rangeOf(...nodeRange(own)),
      message: `“${SETTINGS_KEY}” holds settings of its own, one a line: ${SETTING_NAMES.join(', ')}.`,
    });
    return nothing;
  }
  return readSection(section, document, rangeOf, problems);
}

function readSection(
  section: YAMLMap,
  document: Document.Parsed,
  rangeOf: RangeOf,
  problems: PromptProblem[],
): Pick<PromptFile, 'settings' | 'settingRanges'> {
  const settings: { -readonly [Name in SettingName]?: NonNullable<PromptSettings[Name]> } = {};
  const settingRanges: Partial<Record<SettingName, TextRange>> = {};
  for (const { key, value } of section.items) {
    const name = isScalar(key) ? String(key.value) : undefined;
    const range = rangeOf(...nodeRange(key));
    if (!isSettingName(name)) {
      problems.push({
        code: 'unknownKey',
        severity: 'warning',
        range,
        message: `“${name ?? 'This key'}” is not a setting and is ignored. There are ${SETTING_NAMES.join(', ')}.`,
      });
      continue;
    }
    const node = resolved(value, document);
    if (isEmpty(node)) continue;
    settingRanges[name] = rangeOf(...nodeRange(value));
    const wrong = assign(settings, name, node);
    if (wrong) problems.push({ code: 'setting', severity: 'error', message: wrong, range: settingRanges[name] });
  }
  const { project } = settings;
  if (project !== undefined && settingRanges.project && !PROJECT_PREFERENCES.some(({ id }) => id === project)) {
    problems.push({
      code: 'unknownProject',
      severity: 'warning',
      range: settingRanges.project,
      message: `“${project}” is not a known project preference and is sent as it is. Known are ${PROJECT_PREFERENCES.map(({ id }) => id).join(' and ')}.`,
    });
  }
  return { settings, settingRanges };
}

/** Takes a setting over, or says what is wrong with it. */
function assign(
  settings: { -readonly [Name in SettingName]?: NonNullable<PromptSettings[Name]> },
  name: SettingName,
  node: unknown,
): string | undefined {
  const value: unknown = isScalar(node) ? node.value : undefined;
  if (name === 'agent' && typeof value === 'number') {
    if (!Number.isSafeInteger(value) || value < 0) return 'An agent’s id is a whole number.';
    settings.agent = value;
    return undefined;
  }
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
    return `“${name}” takes a single value.`;
  // A name may look like a number or a date: it counts as it is written.
  const written = (isScalar(node) && typeof value !== 'string' ? (node.source ?? String(value)) : String(value)).trim();
  if (written !== '') settings[name] = written;
  return undefined;
}

export function valueOf(map: YAMLMap, key: string): unknown {
  return map.items.find((pair) => isScalar(pair.key) && pair.key.value === key)?.value;
}

function resolved(node: unknown, document: Document.Parsed): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

function isEmpty(node: unknown): boolean {
  return node === undefined || node === null || (isScalar(node) && (node.value === null || node.value === undefined));
}

function nodeRange(node: unknown): [number, number] {
  const range = (node as Partial<Node> | null)?.range;
  return range ? [range[0], range[1]] : [0, 0];
}

function isSettingName(name: string | undefined): name is SettingName {
  return SETTING_NAMES.some((known) => known === name);
}

function firstLower(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}

/** Blank lines before and after go, indentation and everything between stays. */
function withoutBlankEdges(text: string): string {
  const written = [...linesFrom(text, 0)].filter(({ start, end }) => text.slice(start, end).trim() !== '');
  return text.slice(written[0]?.start ?? 0, written.at(-1)?.end ?? 0);
}
