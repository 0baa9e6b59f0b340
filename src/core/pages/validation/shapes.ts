/**
 * Checks messages of a page. A page shows what agents and the web wrote, so the panel trusts nothing that it sends.
 * Pages never import this room: zod tries `new Function`, which their Content-Security-Policy reports.
 */
import * as z from 'zod/mini';
import { field, isObject } from '../../base/json';
import type { MessageOf } from '../channel/messages';

/** One schema for each field of a message. Optional fields read as undefined where they are missing. */
type Shape<Fields> = {
  readonly [K in keyof Fields]-?: z.ZodMiniType<Fields[K] | (undefined extends Fields[K] ? undefined : never)>;
};

/** One shape for each message of a table. A table without one of them does not compile. */
export type ShapesOf<Table> = { readonly [T in keyof Table]: Shape<Table[T]> };

/** A function that reads a message of the table: only the fields of the table. Undefined if it is none. */
export function parserOf<Table>(shapes: ShapesOf<Table>): (value: unknown) => MessageOf<Table> | undefined {
  const schemas = new Map<unknown, z.ZodMiniType<object>>(
    Object.entries<Shape<Record<string, unknown>>>(shapes).map(([type, shape]) => [type, z.object(shape)]),
  );
  return (value) => {
    const type = field(value, 'type');
    // The copy has own fields only: zod also reads inherited ones.
    const result = isObject(value) ? schemas.get(type)?.safeParse({ ...value }) : undefined;
    if (!result?.success) return undefined;
    const fields = Object.entries(result.data).filter(([, content]) => content !== undefined);
    // The schemas are made of the table's shapes, one for each type.
    return { type, ...Object.fromEntries(fields) } as MessageOf<Table>;
  };
}

/** A text of at most this many UTF-16 units, like all limits here. zod's `maxLength` counts an emoji once. */
export const textUpTo = (length: number) => z.string().check(z.refine((text) => text.length <= length));

/** A whole number from 0 on. */
export const count = z.int().check(z.nonnegative());

/** An optional field. Undefined if it is missing or does not fit. */
export const maybe = <T>(schema: z.ZodMiniType<T>): z.ZodMiniType<T | undefined> =>
  z.catch(z.optional(schema), undefined);

/** Reads a field with a function of core that gives undefined for what does not fit. */
export const readBy = <T>(read: (value: unknown) => T | undefined): z.ZodMiniType<T> =>
  z.pipe(
    z.unknown(),
    z.transform((value: unknown, context) => {
      const found = read(value);
      if (found !== undefined) return found;
      context.issues.push({ code: 'custom', input: undefined });
      return z.NEVER;
    }),
  );
