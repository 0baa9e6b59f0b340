/**
 * Reads the API's answers into the types of `model.ts`. It accepts much, as docs/api/contract.md asks ("Values and
 * ids"): only an ID is required. A field that is missing, null or of a wrong type counts as absent. Unknown keys stay.
 */
import * as z from 'zod/mini';
import type { ListAnswer } from './api';
import type {
  ActiveDeployment,
  Agent,
  ChainedAgent,
  Conversation,
  ConversationMessage,
  Deployment,
  EpochMs,
  Organization,
  SubAgent,
  Task,
} from './model';

/** A value, or what is wrong with it, in words that quote nothing of it. */
export type Parsed<T> = { readonly value: T } | { readonly problem: string };

type Schema<T> = z.ZodMiniType<T>;

const UNKNOWN_STATUS = 'Unknown';

/** Absent, null and a wrong type all mean: not there. */
const maybe = <T>(schema: Schema<T>) => z.catch(z.optional(schema), undefined);

const text = z.union([
  z.string(),
  z.pipe(
    z.number(),
    z.transform((value: number) => String(value)),
  ),
]);
const number = z.union([
  z.number(),
  z.pipe(
    z.pipe(
      z.string().check(z.regex(/^\s*-?\d+(\.\d+)?\s*$/)),
      z.transform((value: string) => Number(value)),
    ),
    z.number(),
  ),
]);
const boolean = z.union([
  z.boolean(),
  z.stringbool(),
  z.pipe(
    z.literal([0, 1]),
    z.transform((value: 0 | 1) => value === 1),
  ),
]);
const instant = z.pipe(
  z.union([z.string(), z.number()]),
  z.transform((value: string | number) => readInstant(value)),
);
const numericId = z.union([
  z.int(),
  z.pipe(
    z.pipe(
      z.string().check(z.regex(/^\d+$/)),
      z.transform((value: string) => Number(value)),
    ),
    z.int(),
  ),
]);
const textId = z.pipe(text, z.string().check(z.minLength(1)));

/** An empty map arrives as `[]`. */
const map = <T>(schema: Schema<T>) =>
  z.pipe(
    z.transform((value: unknown) => (Array.isArray(value) && value.length === 0 ? {} : value)),
    schema,
  );

/** A list with a gap in its keys arrives as an object with numbers for keys. */
const asList = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.keys(value).every((key) => /^\d+$/.test(key)) ? Object.values(value) : value;
};

const rawList = z.pipe(z.transform(asList), z.array(z.unknown()));

/** A list without its unreadable items. */
const list = <T>(item: Schema<T>) =>
  z.pipe(
    rawList,
    z.transform((values: unknown[]) =>
      values.flatMap((value) => {
        const parsed = z.safeParse(item, value);
        return parsed.success ? [parsed.data] : [];
      }),
    ),
  );

/** Drops absent fields, so that null and missing are equal when two answers are compared. */
function compact<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined && field !== null)) as T;
}

const person = map(z.pipe(z.looseObject({ publicId: maybe(text), name: maybe(text) }), z.transform(compact)));

const organization: Schema<Organization> = z.pipe(
  z.looseObject({
    id: textId,
    name: maybe(text),
    type: maybe(text),
    ownerName: maybe(text),
    members: maybe(number),
    preferred: maybe(boolean),
  }),
  z.transform((read) => compact({ ...read, name: read.name ?? `Organization ${read.id}` })),
);

/** An answer can embed the whole agent here. `/agents/list` has it too, and it must never be sent back. */
const withoutEmbedded = <T extends object>(read: T): T => compact({ ...read, agent: undefined });

const chainedAgents = z.pipe(
  list(z.pipe(z.looseObject({ agentId: numericId, step: maybe(number) }), z.transform(withoutEmbedded))),
  z.transform((entries): readonly ChainedAgent[] =>
    entries.map((entry, index) => ({ ...entry, step: entry.step ?? index + 1 })),
  ),
);
const subAgents: Schema<readonly SubAgent[]> = list(
  z.pipe(z.looseObject({ agentId: numericId, callableCount: maybe(number) }), z.transform(withoutEmbedded)),
);

/** The key is masked already (`secrets.ts`), and it is dropped here as well. */
const providerToken = map(
  z.pipe(
    z.looseObject({ llmProviderApi: maybe(text) }),
    z.transform((read) => {
      const key = Object.entries(read).find(([name]) => name.toLowerCase() === 'llmapitokenuser')?.[1];
      return compact({ llmProviderApi: read.llmProviderApi, hasKey: key !== undefined && key !== null && key !== '' });
    }),
  ),
);

const agent: Schema<Agent> = z.pipe(
  z.looseObject({
    id: numericId,
    name: maybe(text),
    description: maybe(text),
    profileImage: maybe(text),
    systemPrompt: maybe(text),
    reasoningEffort: maybe(text),
    maxTurns: maybe(number),
    toolChoice: maybe(text),
    tools: maybe(list(text)),
    public: maybe(boolean),
    model: maybe(text),
    pipeline: maybe(text),
    outputSchema: maybe(map(z.unknown())),
    created: maybe(instant),
    updated: maybe(instant),
    author: maybe(person),
    organization: maybe(map(z.pipe(z.looseObject({ id: maybe(text), name: maybe(text) }), z.transform(compact)))),
    chainedAgents: maybe(chainedAgents),
    subAgents: maybe(subAgents),
    token: maybe(providerToken),
    useQCC: maybe(boolean),
  }),
  z.transform((read) => compact({ ...read, name: read.name ?? `Agent ${String(read.id)}` })),
);

const activeDeployment: Schema<ActiveDeployment> = z.pipe(
  z.looseObject({ deploymentId: textId, status: maybe(text) }),
  z.transform((read) => ({ ...read, status: read.status ?? UNKNOWN_STATUS })),
);

/** Renames the API's `status` (a list) and `deployments` (a count) to what they are. */
const task: Schema<Task> = z.pipe(
  z.looseObject({
    id: numericId,
    name: maybe(text),
    agentId: maybe(numericId),
    organizationId: maybe(text),
    prompt: maybe(text),
    deployments: maybe(number),
    lastDeploymentTime: maybe(instant),
    created: maybe(instant),
    updated: maybe(instant),
    projectId: maybe(numericId),
    owner: maybe(person),
    status: maybe(list(activeDeployment)),
    schedule: maybe(text),
    scheduleHuman: maybe(text),
    projectPreference: maybe(text),
  }),
  z.transform(({ status, deployments, ...read }) =>
    compact({
      ...read,
      name: read.name ?? `Task ${String(read.id)}`,
      active: status ?? [],
      deploymentCount: deployments,
    }),
  ),
);

const deploymentFields = {
  status: maybe(text),
  agentId: maybe(numericId),
  taskId: maybe(numericId),
  model: maybe(text),
  created: maybe(instant),
  started: maybe(instant),
  ended: maybe(instant),
  prompt: maybe(text),
  projectId: maybe(numericId),
  runtimeError: maybe(text),
  machine: maybe(text),
  mcpTools: maybe(list(text)),
};

const deployment: Schema<Deployment> = z.pipe(
  z.looseObject({ deploymentId: textId, ...deploymentFields }),
  z.transform((read) => compact({ ...read, status: read.status ?? UNKNOWN_STATUS })),
);

const newDeployment = map(
  z.pipe(z.looseObject({ deploymentId: maybe(textId), ...deploymentFields }), z.transform(compact)),
);

const message: Schema<ConversationMessage> = z.pipe(
  z.looseObject({ id: maybe(text), role: maybe(text), parts: maybe(rawList), time: maybe(instant) }),
  z.transform((read) => compact({ ...read, role: read.role ?? 'unknown', parts: read.parts ?? [] })),
);

/** An unreadable message stays as a part that the panel shows raw. */
const messageOrRaw = z.pipe(
  z.unknown(),
  z.transform((value): ConversationMessage => {
    const parsed = z.safeParse(message, value);
    return parsed.success ? parsed.data : { role: 'unknown', parts: [value] };
  }),
);

/** Parses messages, each on its own. */
export const parseMessages = (values: readonly unknown[]): readonly ConversationMessage[] =>
  values.map((value) => z.parse(messageOrRaw, value));

const conversation: Schema<Conversation> = map(
  z.pipe(
    z.looseObject({
      id: maybe(text),
      messages: z.optional(z.nullable(list(messageOrRaw))),
      inputTokens: maybe(number),
      outputTokens: maybe(number),
      aggregateStatus: maybe(text),
      prompt: maybe(text),
      projectId: maybe(numericId),
    }),
    z.transform((read) => compact({ ...read, messages: read.messages ?? [] })),
  ),
);

export const parseAgent = (value: unknown): Parsed<Agent> => parse(agent, value);
export const parseTask = (value: unknown): Parsed<Task> => parse(task, value);
export const parseDeployment = (value: unknown): Parsed<Deployment> => parse(deployment, value);
/** A conversation that has not started may be null. */
export const parseConversation = (value: unknown): Parsed<Conversation> => parse(conversation, value ?? {});

/** What an answer says about a new deployment. It may not even have its ID (contract.md, "Values and ids"). */
export type NewDeployment = { readonly [Field in keyof Deployment]?: Deployment[Field] | undefined };
export function parseNewDeployment(value: unknown): NewDeployment {
  const parsed = parse(newDeployment, value);
  return 'value' in parsed ? parsed.value : {};
}

/** The value if it is an ID of a deployment, as in `debug.id`. */
export function asDeploymentId(value: unknown): string | undefined {
  return typeof value === 'string' && /^A-\w+$/.test(value) ? value : undefined;
}

export const parseOrganizations = (value: unknown): Parsed<ListAnswer<Organization>> => parseList(organization, value);
export const parseAgents = (value: unknown): Parsed<ListAnswer<Agent>> => parseList(agent, value);
export const parseTasks = (value: unknown): Parsed<ListAnswer<Task>> => parseList(task, value);
export const parseDeployments = (value: unknown): Parsed<ListAnswer<Deployment>> => parseList(deployment, value);

function parse<T>(schema: Schema<T>, value: unknown): Parsed<T> {
  const parsed = z.safeParse(schema, value);
  return parsed.success ? { value: parsed.data } : { problem: problemOf(parsed.error) };
}

/** Parses item by item, so that one bad item never hides the rest. */
function parseList<T>(item: Schema<T>, value: unknown): Parsed<ListAnswer<T>> {
  const values = z.safeParse(rawList, value ?? []);
  if (!values.success) return { problem: 'is no list' };
  const items: T[] = [];
  const unreadable: { index: number; reason: string }[] = [];
  values.data.forEach((entry, index) => {
    const parsed = parse(item, entry);
    if ('value' in parsed) items.push(parsed.value);
    else unreadable.push({ index, reason: parsed.problem });
  });
  return { value: { items, unreadable } };
}

/** Names only fields that this file expects, never a value or a key of the answer. */
function problemOf(error: z.core.$ZodError): string {
  const issue = error.issues[0];
  if (!issue || issue.path.length === 0) return 'is no object';
  const field = String(issue.path[0]);
  return field === 'messages' ? 'messages is no list' : `${field} is missing or unreadable`;
}

const DATE = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?\s*(Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * Milliseconds since the epoch. A date without a zone is UTC. A number is Unix seconds, or milliseconds if it is too
 * large for seconds.
 */
export function readInstant(value: string | number): EpochMs | undefined {
  if (typeof value === 'number' || /^\d{9,}$/.test(value)) {
    const ms = Number(value) > 1e11 ? Number(value) : Number(value) * 1000;
    return Math.abs(ms) <= 8.64e15 ? ms : undefined;
  }
  const [, date, time = '00:00:00', zone = 'Z'] = DATE.exec(value.trim()) ?? [];
  if (date === undefined) return undefined;
  const ms = Date.parse(`${date}T${time}${zone.toUpperCase().replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')}`);
  return Number.isNaN(ms) ? undefined : ms;
}
