import { isAlias, isMap, isScalar, type Document, type YAMLMap } from 'yaml';
import { findFrontMatter } from '../markdownFile/frontMatter';
import { rangesIn, type TextRange } from '../markdownFile/positions';
import type { FileProblem } from '../markdownFile/problem';
import { linesFrom } from '../markdownFile/text';
import { isEmptyNode, offsetsOf, readYaml, valueOf, type Offsets } from '../markdownFile/yaml';
import { isKnownProjectPreference, PROJECT_PREFERENCES } from '../organization/projectPreferences';
import { say, type Words } from '../words/words';
import { SETTINGS_KEY } from './mentionsSettings';
import { SETTING_NAMES, type PromptSettings, type SettingName } from './settings';

type PromptProblemCode = 'unterminated' | 'yaml' | 'setting' | 'unknownKey' | 'unknownProject' | 'emptyPrompt';

export interface PromptProblem extends FileProblem {
  readonly code: PromptProblemCode;
}

export interface PromptFile {
  /** The text to send: everything after the front matter, without the blank lines around it. */
  readonly prompt: string;
  readonly settings: PromptSettings;
  /** The range of each setting's value. */
  readonly settingRanges: Partial<Readonly<Record<SettingName, TextRange>>>;
  readonly problems: readonly PromptProblem[];
  /** Both fences included. Undefined: the file has no front matter. */
  readonly frontMatterRange?: TextRange;
}

/**
 * Reads a prompt file. Only the key `quantconnect` of the front matter counts. Other keys belong to other tools and are
 * never sent: VS Code's own prompt files have `mode`, `model` and `tools`. Never throws. `problems` says what is wrong.
 */
export function parsePromptFile(text: string): PromptFile {
  const rangeOf = rangesIn(text);
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
          message: say('prompts.frontMatterOpen'),
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
          text.slice(matter.yamlStart, matter.yamlEnd),
          ([start, end]) => rangeOf(matter.yamlStart + start, matter.yamlStart + end),
          problems,
        )
      : { settings: {}, settingRanges: {} };
  if (prompt.trim() === '') {
    problems.push({
      code: 'emptyPrompt',
      severity: 'error',
      message: say('prompts.promptNeeded'),
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

type RangeAt = (at: Offsets) => TextRange;

function readSettings(
  yaml: string,
  rangeAt: RangeAt,
  problems: PromptProblem[],
): Pick<PromptFile, 'settings' | 'settingRanges'> {
  const { document, problems: found } = readYaml(yaml);
  for (const { at, message, severity } of found) problems.push({ code: 'yaml', severity, message, range: rangeAt(at) });
  const nothing = { settings: {}, settingRanges: {} };
  if (!document || found.some(({ severity }) => severity === 'error') || isEmptyNode(document.contents)) return nothing;
  if (!isMap(document.contents)) {
    problems.push({
      code: 'yaml',
      severity: 'error',
      message: say('prompts.frontMatterShape'),
      range: rangeAt(offsetsOf(document.contents) ?? NOWHERE),
    });
    return nothing;
  }
  const own = valueOf(document.contents, SETTINGS_KEY);
  const section = resolved(own, document);
  if (!own || isEmptyNode(section)) return nothing;
  if (!isMap(section)) {
    problems.push({
      code: 'setting',
      severity: 'error',
      range: rangeAt(offsetsOf(own) ?? NOWHERE),
      message: say('prompts.settingsBelow', SETTINGS_KEY, SETTING_NAMES.join(', ')),
    });
    return nothing;
  }
  return readSection(section, document, rangeAt, problems);
}

function readSection(
  section: YAMLMap,
  document: Document.Parsed,
  rangeAt: RangeAt,
  problems: PromptProblem[],
): Pick<PromptFile, 'settings' | 'settingRanges'> {
  const settings: { -readonly [Name in SettingName]?: NonNullable<PromptSettings[Name]> } = {};
  const settingRanges: Partial<Record<SettingName, TextRange>> = {};
  for (const { key, value } of section.items) {
    const name = isScalar(key) ? String(key.value) : undefined;
    const range = rangeAt(offsetsOf(key) ?? NOWHERE);
    if (!isSettingName(name)) {
      problems.push({
        code: 'unknownKey',
        severity: 'warning',
        range,
        message: say(
          'prompts.unknownSetting',
          name === undefined ? say('prompts.thisKey') : say('words.quoted', name),
          SETTING_NAMES.join(', '),
        ),
      });
      continue;
    }
    const node = resolved(value, document);
    if (isEmptyNode(node)) continue;
    settingRanges[name] = rangeAt(offsetsOf(value) ?? NOWHERE);
    const wrong = assign(settings, name, node);
    if (wrong) problems.push({ code: 'setting', severity: 'error', message: wrong, range: settingRanges[name] });
  }
  const { project } = settings;
  if (project !== undefined && settingRanges.project && !isKnownProjectPreference(project)) {
    problems.push({
      code: 'unknownProject',
      severity: 'warning',
      range: settingRanges.project,
      message: say('prompts.unknownPreference', project, PROJECT_PREFERENCES.map(({ id }) => id).join(', ')),
    });
  }
  return { settings, settingRanges };
}

/** Reads a setting, or reports what is wrong with it. */
function assign(
  settings: { -readonly [Name in SettingName]?: NonNullable<PromptSettings[Name]> },
  name: SettingName,
  node: unknown,
): Words | undefined {
  const value: unknown = isScalar(node) ? node.value : undefined;
  if (name === 'agent' && typeof value === 'number') {
    if (!Number.isSafeInteger(value) || value < 0) return say('prompts.idWhole');
    settings.agent = value;
    return undefined;
  }
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
    return say('prompts.singleValue', name);
  // A name may look like a number or a date. The text as written is the name.
  const written = (isScalar(node) && typeof value !== 'string' ? (node.source ?? String(value)) : String(value)).trim();
  if (written !== '') settings[name] = written;
  return undefined;
}

/** The range of a node without one: the first character of the front matter. */
const NOWHERE: Offsets = [0, 0];

function resolved(node: unknown, document: Document.Parsed): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

function isSettingName(name: string | undefined): name is SettingName {
  return SETTING_NAMES.some((known) => known === name);
}

/** Removes blank lines before and after the text. Indentation and everything in between stays. */
function withoutBlankEdges(text: string): string {
  const written = [...linesFrom(text, 0)].filter(({ start, end }) => text.slice(start, end).trim() !== '');
  return text.slice(written[0]?.start ?? 0, written.at(-1)?.end ?? 0);
}
