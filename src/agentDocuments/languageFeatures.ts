import * as vscode from 'vscode';
import { explanationAt, suggestionsAt, type Suggestion, type Surroundings } from '../core/agentFile/assist';
import type { SessionSource } from '../core/organization/session';
import { toRange } from './documentChecks';

const KINDS: Readonly<Record<Suggestion['kind'], vscode.CompletionItemKind>> = {
  key: vscode.CompletionItemKind.Property,
  value: vscode.CompletionItemKind.EnumMember,
  model: vscode.CompletionItemKind.Value,
  tool: vscode.CompletionItemKind.Function,
  agent: vscode.CompletionItemKind.Reference,
};

/** Completion and hovers in the front matter of agents' documents. */
export function registerLanguageFeatures(scheme: string, sessions: SessionSource): vscode.Disposable {
  const selector: vscode.DocumentSelector = { scheme, pattern: '**/*.md' };
  return vscode.Disposable.from(
    vscode.languages.registerCompletionItemProvider(selector, {
      provideCompletionItems: (document, position) => {
        const { items, replace } = suggestionsAt(document.getText(), position, surroundingsIn(sessions));
        return items.map((suggestion, index) => toCompletion(suggestion, toRange(replace), index));
      },
    }, ' ', ':', '-'),
    vscode.languages.registerHoverProvider(selector, {
      provideHover: (document, position) => {
        const explanation = explanationAt(document.getText(), position, surroundingsIn(sessions));
        return explanation && new vscode.Hover(new vscode.MarkdownString(explanation.markdown), toRange(explanation.range));
      },
    }),
  );
}

function surroundingsIn(sessions: SessionSource): Surroundings {
  const agents = sessions.current?.store.snapshot.agents.value ?? [];
  return {
    agents: agents.map(({ id, name }) => ({ id, name })),
    models: [...new Set(agents.flatMap(({ model }) => (model === undefined ? [] : [model])))].sort(),
    tools: [...new Set(agents.flatMap(({ tools }) => tools ?? []))].sort(),
  };
}

function toCompletion(suggestion: Suggestion, range: vscode.Range, index: number): vscode.CompletionItem {
  const item = new vscode.CompletionItem(suggestion.label, KINDS[suggestion.kind]);
  item.insertText = suggestion.insert;
  item.range = range;
  // The order is that of the document, not of the alphabet.
  item.sortText = String(index).padStart(4, '0');
  item.filterText = suggestion.kind === 'agent' ? `${suggestion.label} ${suggestion.insert}` : suggestion.label;
  if (suggestion.detail !== undefined) item.detail = suggestion.detail;
  if (suggestion.explanation !== undefined) item.documentation = new vscode.MarkdownString(suggestion.explanation);
  if (suggestion.kind === 'key') item.command = { command: 'editor.action.triggerSuggest', title: 'Suggest' };
  return item;
}
