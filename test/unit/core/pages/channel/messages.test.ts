import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  dispatch,
  isMessageFor,
  type HandlersOf,
  type MessageOf,
  type NoFields,
} from '../../../../../src/core/pages/channel/messages';

interface Table {
  readonly open: { readonly path: string; readonly line?: number };
  readonly close: NoFields;
}

const handlers: HandlersOf<Table, string> = {
  open: ({ path, line = 0 }) => `${path}:${String(line)}`,
  close: () => 'closed',
};

describe('messages', () => {
  it('makes a message of each line of the table', () => {
    expectTypeOf<MessageOf<Table>>().toEqualTypeOf<
      { readonly type: 'open'; readonly path: string; readonly line?: number } | { readonly type: 'close' }
    >();
  });

  it('does not compile handlers that leave a message out, or know one too many', () => {
    // @ts-expect-error -- `close` has no handler.
    const tooFew: HandlersOf<Table, string> = { open: ({ path }) => path };
    // @ts-expect-error -- `quit` is not in the table.
    const tooMany: HandlersOf<Table, string> = { ...handlers, quit: () => '' };
    // @ts-expect-error -- `column` is no field of `open`.
    const wrongField: HandlersOf<Table, string> = { ...handlers, open: ({ column }) => String(column) };
    expect([tooFew, tooMany, wrongField]).toHaveLength(3);
  });

  it('dispatch: calls the handler of the message with its fields', () => {
    expect(dispatch(handlers, { type: 'open', path: 'main.py', line: 3 })).toBe('main.py:3');
    expect(dispatch(handlers, { type: 'close' })).toBe('closed');
  });

  it.each([undefined, null, 'close', [], {}, { type: 'quit' }, { type: 'constructor' }, { type: 1 }])(
    'isMessageFor: refuses %j',
    (value) => {
      expect(isMessageFor(handlers, value)).toBe(false);
    },
  );

  it('isMessageFor: takes a message of the table', () => {
    expect(isMessageFor(handlers, { type: 'close' })).toBe(true);
  });
});
