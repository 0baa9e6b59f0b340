/** Reads the file of one conversation's draft, earlier drafts and outbox. `formatSavedInput` writes it. */
import * as z from 'zod/mini';
import { SAVED_INPUT_VERSION, type SavedInput } from '../conversation/queue/savedInput';
import type { Outbox } from '../conversation/queue/outbox';
import { anyNumber, goodItems } from './goodItems';

type Entry = Outbox['entries'][number];

/** The file itself. Its lists are read item by item, so that one damaged entry does not cost the others. */
const file = z.object({
  version: z.literal(SAVED_INPUT_VERSION),
  deploymentId: z.string().check(z.minLength(1)),
  draft: z.optional(z.unknown()),
  asides: z.optional(z.unknown()),
  known: z.optional(z.unknown()),
  entries: z.optional(z.unknown()),
});

const entry = z.object({
  clientId: z.string(),
  text: z.string(),
  at: anyNumber,
  state: z.enum(['queued', 'held', 'sending', 'accepted', 'failed', 'uncertain']),
  notMine: anyNumber,
  problem: z.optional(z.string()),
});

/** Undefined if the text is not such a file. `isWhole`: nothing was left out. */
export function parseSavedInput(text: string): { readonly input: SavedInput; readonly isWhole: boolean } | undefined {
  const { data: found } = file.safeParse(parseJson(text));
  if (!found) return undefined;
  const { deploymentId, draft } = found;
  const earlierDrafts = goodItems(z.string(), found.asides);
  const known = goodItems(z.string(), found.known);
  const { outbox, isWhole } = parseOutbox(found.entries, known.items);
  return {
    input: { deploymentId, draft: typeof draft === 'string' ? draft : '', earlierDrafts: earlierDrafts.items, outbox },
    isWhole: typeof draft === 'string' && earlierDrafts.isWhole && known.isWhole && isWhole,
  };
}

/** The entries that can be read. `known` are the ids of prompts that left the outbox before. */
export function parseOutbox(
  value: unknown,
  known: readonly string[] = [],
): { readonly outbox: Outbox; readonly isWhole: boolean } {
  const { items, isWhole } = goodItems(entry, value);
  // The same id twice could send a prompt twice. The first one counts.
  const byId = new Map(items.toReversed().map((item) => [item.clientId, item]));
  const entries = items.filter((item) => byId.get(item.clientId) === item).map(asEntry);
  return {
    outbox: { entries, known: new Set([...known, ...byId.keys()]) },
    isWhole: isWhole && entries.length === items.length,
  };
}

function asEntry({ problem, state, ...rest }: z.infer<typeof entry>): Entry {
  const named = { ...rest, state: state === 'held' ? ('onHold' as const) : state };
  return problem === undefined ? named : { ...named, problem };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
