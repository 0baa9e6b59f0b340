import * as z from 'zod/mini';
import { describe, expect, it } from 'vitest';
import type { NoFields } from '../../../../../src/core/pages/channel/messages';
import {
  count,
  maybe,
  parserOf,
  readBy,
  textUpTo,
  type ShapesOf,
} from '../../../../../src/core/pages/validation/shapes';

interface Table {
  readonly open: { readonly path: string; readonly line?: number };
  readonly close: NoFields;
}

const shapes: ShapesOf<Table> = { open: { path: textUpTo(9), line: maybe(count) }, close: {} };
const parse = parserOf<Table>(shapes);

describe('shapes', () => {
  it('do not compile where a message or a field is forgotten', () => {
    // @ts-expect-error -- `close` has no shape.
    const noMessage: ShapesOf<Table> = { open: shapes.open };
    // @ts-expect-error -- `line` has no schema, although it is optional.
    const noField: ShapesOf<Table> = { ...shapes, open: { path: z.string() } };
    // @ts-expect-error -- `path` is a text.
    const wrongType: ShapesOf<Table> = { ...shapes, open: { ...shapes.open, path: z.number() } };
    expect([noMessage, noField, wrongType]).toHaveLength(3);
  });

  it('parserOf: keeps the fields of the table and no others', () => {
    expect(parse({ type: 'open', path: 'main.py', line: 3, extra: 1 })).toStrictEqual({
      type: 'open',
      path: 'main.py',
      line: 3,
    });
    expect(parse({ type: 'close', path: 'main.py' })).toStrictEqual({ type: 'close' });
  });

  it('parserOf: does not read inherited fields', () => {
    expect(parse(Object.assign(Object.create({ path: 'main.py' }) as object, { type: 'open' }))).toBeUndefined();
  });

  it('parserOf: leaves out an optional field that does not fit', () => {
    for (const line of [undefined, null, -1, 0.5, '3'])
      expect(parse({ type: 'open', path: 'main.py', line })).toStrictEqual({ type: 'open', path: 'main.py' });
  });

  it.each([
    undefined,
    null,
    'close',
    [],
    {},
    { type: 'constructor' },
    { type: 'open' },
    { type: 'open', path: 'x'.repeat(10) },
  ])('parserOf: refuses %j', (value) => {
    expect(parse(value)).toBeUndefined();
  });

  it('textUpTo: counts UTF-16 units, so an emoji counts twice', () => {
    expect(textUpTo(4).safeParse('😀😀').success).toBe(true);
    expect(textUpTo(4).safeParse('😀😀x').success).toBe(false);
  });

  it('readBy: refuses what the function cannot read', () => {
    const schema = readBy((value) => (value === 'yes' ? 1 : undefined));
    expect(schema.safeParse('yes')).toMatchObject({ success: true, data: 1 });
    expect(schema.safeParse('no').success).toBe(false);
  });
});
