/** Decides which task a prompt file deploys, and how a new task is named. */
import { createHash } from 'node:crypto';
import type { ProjectPreference, Task } from '../api/model';
import { cut } from '../words/plain';
import type { PromptSettings } from './settings';
import { linesFrom } from '../markdownFile/text';

/** The task of a file's last deployment. */
export interface DeployedTask {
  readonly taskId: number;
  readonly agentId: number;
  readonly project: ProjectPreference;
  /** The name in the file at that time. The task may have been renamed since. */
  readonly taskName: string;
  readonly promptHash: string;
  /** Hash of the prompt after an editor's clean-up. Missing in what version 0.1.0 remembered. */
  readonly tidyHash?: string | undefined;
  /** Missing if the task was created but its deployment failed. */
  readonly deploymentId?: string | undefined;
}

export interface WantedTask {
  readonly prompt: string;
  readonly agentId: number;
  readonly project: ProjectPreference;
  readonly taskName: string;
}

export interface WantedDeployment extends WantedTask {
  /** True: the file sets the name. False: it was derived from the heading or the file name. */
  readonly isNamedByFile: boolean;
}

export type DeploymentDecision =
  /** `rename`: the file sets another name than last time. */
  { readonly kind: 'redeploy'; readonly taskId: number; readonly rename?: string } | { readonly kind: 'newTask' };

const unified = (prompt: string): string => prompt.replace(/\r\n?/g, '\n').trimEnd();

/** Whether two prompts are the same. Line breaks differ between machines, and a server may trim the end. */
export function isSamePrompt(a: string, b: string): boolean {
  return unified(a) === unified(b);
}

/** Recognizes a prompt without storing it. Equal for prompts that are the same to {@link isSamePrompt}. */
export function promptHash(prompt: string): string {
  return createHash('sha256').update(unified(prompt)).digest('hex');
}

/** The text after an editor's clean-up on save. Such a save does not make it another prompt. */
const tidied = (prompt: string): string =>
  prompt
    .split(/\r\n|\r|\n/)
    .map((line) => line.trimEnd())
    .join('\n')
    .trimEnd();

/** Like {@link promptHash}, and also equal for prompts that differ only in blanks at line ends. */
export function tidyHash(prompt: string): string {
  return createHash('sha256').update(tidied(prompt)).digest('hex');
}

/**
 * The API cannot change a task's prompt (contract.md). So the same text deploys the same task again, and a changed text
 * creates a new task.
 *
 * The remembered task is used if it still exists and does not contradict prompt, agent and project preference.
 * Otherwise, a task that equals the wanted one in all four is used: prompt, agent, project preference and name. This
 * finds the task of a file that was deployed from another machine, or whose text was changed and changed back. If there
 * are several, the newest is used. The name must match too, so that an experiment with another name and the same text
 * gets no deployments by accident.
 * @param tasks the organization's tasks, read just now.
 */
export function decideDeployment(
  remembered: DeployedTask | undefined,
  wanted: WantedDeployment,
  tasks: readonly Task[],
): DeploymentDecision {
  if (remembered && isRemembered(remembered, wanted)) {
    const task = tasks.find(({ id }) => id === remembered.taskId);
    if (task && agrees(task, wanted)) {
      const isRenamed =
        wanted.isNamedByFile && remembered.taskName !== wanted.taskName && task.name !== wanted.taskName;
      return { kind: 'redeploy', taskId: task.id, ...(isRenamed ? { rename: wanted.taskName } : {}) };
    }
  }
  const [equal] = tasks
    .filter((task) => equals(task, wanted))
    .sort((a, b) => (b.created ?? 0) - (a.created ?? 0) || b.id - a.id);
  return equal ? { kind: 'redeploy', taskId: equal.id } : { kind: 'newTask' };
}

function isRemembered(remembered: DeployedTask, wanted: WantedDeployment): boolean {
  return (
    remembered.agentId === wanted.agentId &&
    remembered.project === wanted.project &&
    (remembered.promptHash === promptHash(wanted.prompt) || remembered.tidyHash === tidyHash(wanted.prompt))
  );
}

/** Whether no field of the task contradicts what is wanted. Fields may be missing. */
function agrees(task: Task, wanted: WantedTask): boolean {
  return (
    (task.agentId === undefined || task.agentId === wanted.agentId) &&
    (task.prompt === undefined || tidied(task.prompt) === tidied(wanted.prompt)) &&
    (task.projectPreference === undefined || task.projectPreference === wanted.project)
  );
}

function equals(task: Task, wanted: WantedDeployment): boolean {
  return (
    task.agentId === wanted.agentId &&
    task.name === wanted.taskName &&
    task.projectPreference === wanted.project &&
    task.prompt !== undefined &&
    tidied(task.prompt) === tidied(wanted.prompt)
  );
}

/**
 * Finds the task that a create request without an answer made: it is new, has the name, and nothing contradicts it.
 * @param known IDs of the tasks that existed before.
 */
export function taskThatAppeared(
  known: ReadonlySet<number>,
  wanted: WantedTask,
  tasks: readonly Task[],
): Task | undefined {
  return tasks.find((task) => !known.has(task.id) && task.name === wanted.taskName && agrees(task, wanted));
}

const MAX_DERIVED_NAME = 100;
/** Only the start of a long heading is read, because a name has at most 100 characters. */
const MAX_HEADING_READ = 1_000;

/**
 * The name of the task: from the file's settings, else its first heading, else its file name.
 * @param filename last segment of the path; extensions such as `.prompt.md` are removed.
 */
export function taskNameFor(settings: Pick<PromptSettings, 'task'>, filename: string, prompt: string): string {
  if (settings.task) return settings.task;
  const derived =
    firstHeading(prompt) ?? (filename.replace(/(?<=.)(?:\.(?:prompt|md|markdown|txt))+$/i, '') || filename);
  return cut(derived, MAX_DERIVED_NAME);
}

/**
 * The text of the first `#` heading. Skips code, where `#` starts a comment: fences and `<python>`, `<csharp>` blocks.
 */
function firstHeading(prompt: string): string | undefined {
  let isEnd: ((line: string) => boolean) | undefined;
  for (const line of linesFrom(prompt, 0)) {
    const text = prompt.slice(line.start, line.end);
    if (isEnd) {
      if (isEnd(text)) isEnd = undefined;
      continue;
    }
    const fence = /^ {0,3}(`{3,}|~{3,})/.exec(text)?.[1];
    const block = /^\s*<(python|csharp)>/i.exec(text)?.[1];
    if (fence) isEnd = closesFence(fence);
    else if (block && !text.toLowerCase().includes(`</${block.toLowerCase()}>`))
      isEnd = (line) => line.toLowerCase().includes(`</${block.toLowerCase()}>`);
    const heading = /^ {0,3}#{1,6}[ \t]+(.*)/.exec(text)?.[1];
    const name = heading === undefined ? '' : withoutMarkup(withoutClosingHashes(heading).slice(0, MAX_HEADING_READ));
    if (name !== '') return name;
  }
  return undefined;
}

function closesFence(fence: string): (line: string) => boolean {
  const sign = fence.charAt(0);
  return (line) => {
    const rest = line.replace(/^ {0,3}/, '').trimEnd();
    return rest.length >= fence.length && rest === sign.repeat(rest.length);
  };
}

/** `Name` of `# Name ##`. */
function withoutClosingHashes(heading: string): string {
  const written = withoutBlankEnd(heading);
  let end = written.length;
  while (written[end - 1] === '#') end--;
  return end < written.length && isBlank(written[end - 1]) ? withoutBlankEnd(written.slice(0, end)) : written;
}

function withoutBlankEnd(text: string): string {
  let end = text.length;
  while (isBlank(text[end - 1])) end--;
  return text.slice(0, end);
}

const isBlank = (character: string | undefined): boolean => character === ' ' || character === '\t';

function withoutMarkup(heading: string): string {
  return heading
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*]+|(?<!\w)_+|_+(?!\w)/g, '')
    .trim();
}
