/** From a prompt file to a task: which one to deploy, and what a new one is called. */
import { createHash } from 'node:crypto';
import type { ProjectPreference, Task } from '../api/model';
import { cut } from '../words/plain';
import type { PromptSettings } from './settings';
import { linesFrom } from '../markdownFile/text';

/** The task that a file was deployed as the last time. */
export interface DeployedTask {
  readonly taskId: number;
  readonly agentId: number;
  readonly project: ProjectPreference;
  /** The name that the file asked for then; the task may have been renamed since. */
  readonly taskName: string;
  readonly promptHash: string;
  /** Hash of the prompt as an editor leaves it that cleans up. Missing in what version 0.1.0 remembered. */
  readonly tidyHash?: string | undefined;
  /** Missing where the task was created but its deployment failed. */
  readonly deploymentId?: string | undefined;
}

export interface WantedTask {
  readonly prompt: string;
  readonly agentId: number;
  readonly project: ProjectPreference;
  readonly taskName: string;
}

export interface WantedDeployment extends WantedTask {
  /** Whether the file says the name, or it was derived from heading or file name. */
  readonly isNamedByFile: boolean;
}

export type DeploymentDecision =
  /** `rename`: the file asks for another name than the last time. */
  { readonly kind: 'redeploy'; readonly taskId: number; readonly rename?: string } | { readonly kind: 'newTask' };

const unified = (prompt: string): string => prompt.replace(/\r\n?/g, '\n').trimEnd();

/** Whether two prompts say the same: line endings differ between machines, and a server may trim the end. */
export function isSamePrompt(a: string, b: string): boolean {
  return unified(a) === unified(b);
}

/** Tells prompts apart without keeping them. Equal for prompts that {@link isSamePrompt} takes for equal. */
export function promptHash(prompt: string): string {
  return createHash('sha256').update(unified(prompt)).digest('hex');
}

/** As an editor leaves a text that cleans up when it saves: such a save makes no other prompt of it. */
const tidied = (prompt: string): string =>
  prompt
    .split(/\r\n|\r|\n/)
    .map((line) => line.trimEnd())
    .join('\n')
    .trimEnd();

/** As {@link promptHash}, and equal for prompts that differ only in what an editor cleans up: blanks at line ends. */
export function tidyHash(prompt: string): string {
  return createHash('sha256').update(tidied(prompt)).digest('hex');
}

/**
 * The API cannot change a task's prompt (contract.md), so the same text deploys the same task again and a changed text
 * makes a new task.
 *
 * The remembered task counts while it is still there and the server does not say otherwise about prompt, agent and
 * project preference.
 * Without one, a task that equals the wanted one in all four, name included, is taken: the same file deployed from
 * another machine, or a text changed and changed back, is the same task. The newest, if there are several. Its name has
 * to be equal, too, so that nobody's differently named experiment with the same text gets deployments that were not
 * meant for it.
 * @param tasks the organization's tasks, freshly read.
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

/** Nothing that the server tells of the task speaks against it; a field may be missing. */
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
 * A task that appeared while a create was under way without an answer: new, with the name, and nothing speaks against
 * it.
 * @param known ids of the tasks that were there before.
 */
export function taskThatAppeared(
  known: ReadonlySet<number>,
  wanted: WantedTask,
  tasks: readonly Task[],
): Task | undefined {
  return tasks.find((task) => !known.has(task.id) && task.name === wanted.taskName && agrees(task, wanted));
}

const MAX_DERIVED_NAME = 100;
/** Of a longer heading the beginning is read: it makes a name of 100 letters. */
const MAX_HEADING_READ = 1_000;

/**
 * What the task is called: as the file says, else as its first heading, else as the file.
 * @param filename last segment of the path; endings such as `.prompt.md` are dropped.
 */
export function taskNameFor(settings: Pick<PromptSettings, 'task'>, filename: string, prompt: string): string {
  if (settings.task) return settings.task;
  const derived =
    firstHeading(prompt) ?? (filename.replace(/(?<=.)(?:\.(?:prompt|md|markdown|txt))+$/i, '') || filename);
  return cut(derived, MAX_DERIVED_NAME);
}

/**
 * The text of the first `#` heading. Code is passed over, where `#` begins a comment: fences and `<python>`, `<csharp>`
 * blocks.
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

/** `# Name ##`: what stands between the first sign and the last ones. */
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
