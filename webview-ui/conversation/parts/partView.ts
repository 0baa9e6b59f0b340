import type { Part } from '../../../src/core/conversation/transcript/transcript';
import { plainLine } from '../../../src/core/words/plain';
import type { PageContext, PartContext, PartView } from '../view/view';
import { fileView, sourceView } from './attachment';
import { rawView } from './raw';
import { reasoningView, steeringView, textView } from './text';
import { stepView } from './duration';
import { toolView } from './tool';

/** The view of one part. It can show the part's updates while the part's kind stays the same. */
export function partView(part: Part, address: PartContext, context: PageContext): PartView {
  switch (part.kind) {
    case 'text':
      return ofKind(textView(part, address, context));
    case 'reasoning':
      return ofKind(reasoningView(part, address, context));
    case 'step':
      return { element: stepView(address.key, context), update: () => {} };
    case 'tool':
      return ofKind(toolView(part, address, context));
    case 'source':
      return ofKind(sourceView(part));
    case 'file':
      return ofKind(fileView(part));
    case 'data':
    case 'unknown':
      return ofKind(rawView(part, address, context));
    case 'steering':
      return ofKind(
        steeringView(part, address, (parent, parts, outer) => {
          parts.forEach((inner, index) => {
            parent.append(partView(inner, { ...outer, key: innerKey(outer.key, index) }, context).element);
          });
        }),
      );
  }
}

const innerKey = (key: string, index: number): string => `${key}/${String(index)}`;

/** The keys of a part's outermost folds. */
export function foldKeys(part: Part, key: string): readonly string[] {
  switch (part.kind) {
    case 'reasoning':
    case 'tool':
    case 'data':
    case 'unknown':
      return [key];
    case 'steering':
      return part.parts.flatMap((inner, index) => foldKeys(inner, innerKey(key, index)));
    case 'text':
    case 'step':
    case 'source':
    case 'file':
      return [];
  }
}

/** A view only gets parts of the kind that it was made for: see {@link canShow}. */
function ofKind<P extends Part>(view: PartView<P>): PartView {
  return {
    element: view.element,
    update: (next) => view.update(next as P),
  };
}

/** True if the view of `before` can show `after`. */
export function canShow(before: Part, after: Part): boolean {
  return before.kind === after.kind;
}

/** A part in a few words, for the summary that screen readers read. */
export function spokenPart(part: Part, summary: (part: Extract<Part, { kind: 'tool' }>) => string): string | undefined {
  switch (part.kind) {
    case 'text':
      return part.streaming ? undefined : plainLine(part.text.slice(0, 400)).slice(0, 200);
    case 'tool':
      return summary(part);
    case 'source':
    case 'file':
    case 'data':
    case 'unknown':
    case 'steering':
    case 'reasoning':
    case 'step':
      return undefined;
  }
}
