import type { MessageKey, Noun } from './messageKeys';
import { formatNumber, pluralForm, type Template } from './texts';

/**
 * A message for the user: a text of ours, and apart from it the values that others wrote. `render` joins them for the
 * place where they are shown. Kept apart, the text can be translated, and no value is ever read as part of the text.
 */
export interface Words {
  /** With `{0}`, `{1}` … where the values go. A key stands for a text in `src/texts`. */
  readonly template: Template | MessageKey;
  readonly values: readonly Value[];
}

/** A text that others wrote, a number, or a message inside the message. */
export type Value = string | number | Words;

/** Words, or a text that others wrote: as a whole it is one value. */
export type Text = Words | string;

/**
 * A string that is written out in the source. `string` and `` `…${x}` `` are not: there, a value could hide in the
 * message.
 */
// eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type -- what has no property is the question
export type Literal<T extends string> = Record<never, never> extends Readonly<Record<T, unknown>> ? never : T;

/**
 * A message: `say(TEXTS.couldNotDelete, name)` in a feature, `say('api.couldNot', doing)` in `core`.
 * @param template an entry of the feature's text table, or a key of `src/texts`. Texts that are not in a table yet may
 * be written out.
 */
export function say<const T extends string>(
  template: Template | MessageKey | Literal<T>,
  ...values: readonly Value[]
): Words {
  return { template: template as Template | MessageKey, values };
}

/** A text that others wrote and that stands alone, such as a name as the label of a row. */
export function given(text: string): Words {
  return { template: glue('{0}'), values: [text] };
}

type Part = Text | false | undefined;

/** Several parts in a row; missing parts are left out. A string among them is a value. */
export function joined(parts: readonly Part[], separator: ' ' | ', ' | ' · ' | '\n' | '\n\n' = ' '): Words {
  const values = parts.filter((part): part is Text => part !== undefined && part !== false && part !== '');
  return { template: glue(values.map((_, index) => `{${String(index)}}`).join(separator)), values };
}

/** `1 order`, `1,420 orders`. */
export function count(amount: number, noun: Noun): Words {
  return say(`count.${noun}.${pluralForm(amount)}`, formatNumber(amount));
}

export function isWords(value: unknown): value is Words {
  return typeof value === 'object' && value !== null && 'template' in value && 'values' in value;
}

/**
 * A line of the log, which stays English: the people who read logs compare and search them. Nothing that VS Code or the
 * page shows is said this way.
 */
export function english<const T extends string>(template: Literal<T>, ...values: readonly Value[]): Words {
  return { template: template as unknown as Template, values };
}

/** Marks of Markdown around values. They need no translation. */
export function markup(template: '**{0}**' | '*{0}*: {1}' | '{0}  \n{1}', ...values: readonly Value[]): Words {
  return { template: glue(template), values };
}

/** What only holds values together needs no translation. */
function glue(places: string): Template {
  return places as Template;
}
