/**
 * What the user is told: a message of ours, and apart from it the values that others wrote. They meet in `render`
 * alone, which knows the place where they are shown. Kept apart, a message can be translated, and a value can never be
 * read as part of the message.
 */
export interface Words {
  /** With `{0}`, `{1}` … where the values go, as in `vscode.l10n.t`. */
  readonly template: string;
  readonly values: readonly Value[];
}

/** A text that others wrote, a number, or a message inside of the message. */
export type Value = string | number | Words;

/** Words, or a text that others wrote: as a whole it is one value. */
export type Text = Words | string;

/**
 * A string that stands in the source as it is. `string` and `` `…${x}` `` are none: there, a value could hide in the
 * message.
 */
// eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type -- what has no property is the question
export type Literal<T extends string> = Record<never, never> extends Readonly<Record<T, unknown>> ? never : T;

/**
 * A message: `say('Could not delete “{0}”.', name)`.
 * @param template written out in the source.
 */
export function say<const T extends string>(template: Literal<T>, ...values: readonly Value[]): Words {
  return { template, values };
}

/** A text that others wrote and that stands alone: a name as the label of a row. */
export function given(text: string): Words {
  return { template: '{0}', values: [text] };
}

type Part = Text | false | undefined;

/** Several parts one after the other; what is missing is left out. A string among them is a value. */
export function joined(parts: readonly Part[], separator: ' ' | ', ' | ' · ' | '\n' | '\n\n' = ' '): Words {
  const values = parts.filter((part): part is Text => part !== undefined && part !== false && part !== '');
  return { template: values.map((_, index) => `{${String(index)}}`).join(separator), values };
}

/** `1 order`, `142 orders`. The noun is ours. */
export function count<const T extends string>(amount: number, noun: Literal<T>): Words {
  return { template: `{0} ${noun as string}${amount === 1 ? '' : 's'}`, values: [amount] };
}

export function isWords(value: unknown): value is Words {
  return typeof value === 'object' && value !== null && 'template' in value && 'values' in value;
}
