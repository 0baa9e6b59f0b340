import { compareFiles, type ComparedFile } from '../../core/conversation/documents/compareFiles';
import type { Comparison, ConversationDocument } from '../../core/conversation/documents/documentAddress';
import { fileNameIn } from '../../core/conversation/files/filePath';
import { lineChanges } from '../../core/conversation/files/lineChanges';
import { finalAnswer, promptsOf, type ConversationRecord } from '../../core/conversation/documents/record';
import { plainLine } from '../../core/words/plain';
import { formatDate } from '../../core/words/dates';
import { render } from '../../core/words/render';
import { count, given, say, type Text, type Words } from '../../core/words/words';
import { inform } from '../../ui/messages';
import { choose, type Choice, type Heading } from '../../ui/quickPick';
import type { ConversationDocuments } from './conversationDocuments';
import { signed } from './pickWrittenFile';
import { TEXTS } from './texts';

type Item = Choice<() => Promise<void>>;

/**
 * Asks what to compare in two deployments, and shows it in VS Code's diff editor. The older deployment is on the left.
 */
export async function pickComparison(
  documents: ConversationDocuments,
  one: ConversationRecord,
  other: ConversationRecord,
): Promise<void> {
  const [older, newer] = (one.facts.created ?? 0) <= (other.facts.created ?? 0) ? [one, other] : [other, one];
  const names = `${nameOf(older)} ↔ ${nameOf(newer)}`;
  const text = (kind: 'prompts' | 'answer', words: Words, [left, right]: readonly [string, string]): Item => {
    const title = render(words, 'title');
    const document: ConversationDocument = { kind, title };
    return {
      icon: kind === 'prompts' ? 'comment' : 'comment-discussion',
      label: words,
      description: left === right ? say(TEXTS.same) : signed(lineChanges(left, right)),
      value: () => documents.compare(older, { left: document, right: document, title: `${title} (${names})` }, newer),
    };
  };
  const files = compareFiles(older.messages, newer.messages);
  const items: (Item | Heading)[] = [
    text('answer', say(TEXTS.finalAnswer), [finalAnswer(older.messages) ?? '', finalAnswer(newer.messages) ?? '']),
    text('prompts', say(TEXTS.prompts), [promptsOf(older).join('\n\n'), promptsOf(newer).join('\n\n')]),
    ...(files.length > 0 ? [{ heading: say(TEXTS.files) }] : []),
    ...files.map((file): Item => ({
      icon: 'file',
      label: given(file.path),
      description: stateWords(file),
      value: async () => {
        const comparison = comparisonOf(file, names);
        if (comparison) await documents.compare(older, comparison, newer);
        else void inform(say(TEXTS.textUnknownInBoth, file.path));
      },
    })),
  ];
  const changed = files
    .filter(({ state }) => state !== 'same')
    .map((file) => comparisonOf(file, names))
    .filter((comparison) => comparison !== undefined);
  if (changed.length > 1) {
    items.push(
      { heading: '' },
      {
        icon: 'diff-multiple',
        label: say(TEXTS.allThatDiffer),
        description: count(changed.length, 'file'),
        value: () =>
          documents.compareAll(older, newer, say('words.inParentheses', older.facts.taskName, names), changed),
      },
    );
  }
  // A panel takes the focus shortly after an earlier list has closed. That must not close this list.
  const show = await choose(items, {
    title: say(TEXTS.compare, names),
    placeholder: say(TEXTS.whatToCompare),
    ignoreFocusOut: true,
  });
  await show?.();
}

function comparisonOf({ path, left, right, state }: ComparedFile, names: string): Comparison | undefined {
  if (state === 'unknown') return undefined;
  return {
    left: left ?? { kind: 'nothing', path },
    right: right ?? { kind: 'nothing', path },
    title: `${plainLine(fileNameIn(path))} (${names})`,
  };
}

function stateWords({ state, lines }: ComparedFile): Text {
  switch (state) {
    case 'same':
      return say(TEXTS.same);
    case 'changed':
      return lines ? signed(lines) : say(TEXTS.changed);
    case 'onlyLeft':
      return say(TEXTS.onlyInOlder);
    case 'onlyRight':
      return say(TEXTS.onlyInNewer);
    case 'unknown':
      return say(TEXTS.textUnknown);
  }
}

function nameOf({ facts }: ConversationRecord): string {
  return facts.created === undefined ? facts.deploymentId : formatDate(facts.created, 'row');
}
