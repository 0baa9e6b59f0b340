import * as vscode from 'vscode';
import { compareFiles, type ComparedFile } from '../core/conversation/compareFiles';
import type { Comparison, ConversationDocument } from '../core/conversation/documentAddress';
import { fileNameIn } from '../core/conversation/filePath';
import { plainLine, plural } from '../core/conversation/format';
import { lineChanges } from '../core/conversation/lineChanges';
import { finalAnswer, promptsOf, type ConversationRecord } from '../core/conversation/record';
import type { ConversationDocuments } from './conversationDocuments';
import { signed } from './pickWrittenFile';

interface Item extends vscode.QuickPickItem {
  readonly show?: () => Promise<void>;
}

/** Asks what of two deployments to compare, and shows it in VS Code's diff editor; the older one stands on the left. */
export async function pickComparison(documents: ConversationDocuments, one: ConversationRecord, other: ConversationRecord): Promise<void> {
  const [older, newer] = (one.facts.created ?? 0) <= (other.facts.created ?? 0) ? [one, other] : [other, one];
  const names = `${nameOf(older)} ↔ ${nameOf(newer)}`;
  const text = (kind: 'prompts' | 'answer', title: string, [left, right]: readonly [string, string]): Item => {
    const document: ConversationDocument = { kind, title };
    return {
      label: `$(${kind === 'prompts' ? 'comment' : 'comment-discussion'}) ${title}`,
      description: left === right ? 'the same' : signed(lineChanges(left, right)),
      show: () => documents.compare(older, { left: document, right: document, title: `${title} (${names})` }, newer),
    };
  };
  const files = compareFiles(older.messages, newer.messages);
  const items: Item[] = [
    text('answer', 'Final Answer', [finalAnswer(older.messages) ?? '', finalAnswer(newer.messages) ?? '']),
    text('prompts', 'Prompts', [promptsOf(older).join('\n\n'), promptsOf(newer).join('\n\n')]),
    ...(files.length > 0 ? [{ label: 'files', kind: vscode.QuickPickItemKind.Separator }] : []),
    ...files.map((file): Item => ({
      label: `$(file) ${plainLine(file.path)}`, description: stateWords(file),
      show: async () => {
        const comparison = comparisonOf(file, names);
        if (comparison) await documents.compare(older, comparison, newer);
        else void vscode.window.showInformationMessage(`The text of “${plainLine(file.path)}” is not known in both deployments.`);
      },
    })),
  ];
  const changed = files.filter(({ state }) => state !== 'same').map((file) => comparisonOf(file, names)).filter((comparison) => comparison !== undefined);
  if (changed.length > 1) {
    items.push({ label: '', kind: vscode.QuickPickItemKind.Separator }, {
      label: '$(diff-multiple) All Files That Differ', description: plural(changed.length, 'file'),
      show: () => documents.compareAll(older, newer, `${plainLine(older.facts.taskName)} (${names})`, changed),
    });
  }
  // A panel gets the keyboard back a moment after an earlier list has closed: that must not close this one.
  const choice = await vscode.window.showQuickPick(items, { title: `Compare ${names}`, placeHolder: 'What to compare', ignoreFocusOut: true });
  await choice?.show?.();
}

function comparisonOf({ path, left, right, state }: ComparedFile, names: string): Comparison | undefined {
  if (state === 'unknown') return undefined;
  return { left: left ?? { kind: 'nothing', path }, right: right ?? { kind: 'nothing', path }, title: `${plainLine(fileNameIn(path))} (${names})` };
}

function stateWords({ state, lines }: ComparedFile): string {
  switch (state) {
    case 'same': return 'the same';
    case 'changed': return lines ? signed(lines) : 'changed';
    case 'onlyLeft': return 'in the older one only';
    case 'onlyRight': return 'in the newer one only';
    case 'unknown': return 'text not known';
  }
}

function nameOf({ facts }: ConversationRecord): string {
  return facts.created === undefined ? facts.deploymentId : new Date(facts.created).toLocaleString([], { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });
}
