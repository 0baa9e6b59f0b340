/**
 * How messages between a panel and its page are typed. A table says once which messages exist: from the type of each
 * message to its fields. The messages and the handlers on both sides follow from the table.
 */
import { field } from '../../base/json';

/** The fields of a message that says everything by its type. */
export type NoFields = object;

/** One message of a table. Without a type: any message of it. */
export type MessageOf<Table, Type extends keyof Table = keyof Table> = {
  [T in Type]: Flat<{ readonly type: T } & Table[T]>;
}[Type];

/** One handler for each message of a table. A table without one of them does not compile. */
export type HandlersOf<Table, Answer = void> = {
  readonly [T in keyof Table]: (message: MessageOf<Table, T>) => Answer;
};

/** Calls the handler of a message. The message must be checked: its type is one of the table's. */
export function dispatch<Table, Answer>(
  handlers: HandlersOf<Table, Answer>,
  message: MessageOf<Table> & { readonly type: keyof Table },
): Answer {
  // TypeScript cannot see that the handler and the message belong to the same type.
  const handler = handlers[message.type] as (message: MessageOf<Table>) => Answer;
  return handler(message);
}

/** True if the value names a type of the table. Says nothing about the fields: trust the sender, or check them. */
export function isMessageFor<Table>(handlers: HandlersOf<Table, unknown>, value: unknown): value is MessageOf<Table> {
  const type = field(value, 'type');
  return typeof type === 'string' && Object.hasOwn(handlers, type);
}

/** Shows an intersection as one object, so that TypeScript narrows it like one. */
type Flat<T> = { readonly [K in keyof T]: T[K] };
