/**
 * Reads saved state, which can be old or damaged: uses what fits and leaves out the rest. Features read stored state
 * through this room, so zod loads with a conversation and not at activation.
 */
import * as z from 'zod/mini';

/** The items of a list that fit a schema. `isWhole`: the value is a list and all of its items fit. */
export function goodItems<T>(
  schema: z.ZodMiniType<T>,
  value: unknown,
): { readonly items: readonly T[]; readonly isWhole: boolean } {
  if (!Array.isArray(value)) return { items: [], isWhole: false };
  const items = (value as readonly unknown[]).flatMap((item) => {
    const result = schema.safeParse(item);
    return result.success ? [result.data] : [];
  });
  return { items, isWhole: items.length === value.length };
}

/** Any number, even one that JSON cannot contain, such as infinity. Rejecting it would lose the whole entry. */
export const anyNumber = z.custom<number>((value) => typeof value === 'number');
