/**
 * Reads state that an older version wrote, or that a crash or a person damaged: what fits is used, the rest is not.
 * Features read stored state through this room, so zod loads with a conversation and not at activation.
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

/** Any number, also one that JSON cannot hold: to lose an entry for it would be worse. */
export const anyNumber = z.custom<number>((value) => typeof value === 'number');
