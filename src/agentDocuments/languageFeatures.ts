import * as vscode from 'vscode';
import { explanationAt, suggestionsAt, type Suggestion, type Surroundings } from '../core/agentFile/assist';
import type { SessionSource } from '../core/organization/session';
import { registerCompletion, registerHover, type Offer } from '../ui/languageTexts';
import { rangeIn } from '../ui/ranges';

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
    registerCompletion(
      selector,
      (document, position) => {
        const { items, replace } = suggestionsAt(document.getText(), position, surroundingsIn(sessions));
        return items.map((suggestion) => toOffer(suggestion, rangeIn(replace)));
      },
      ' ',
      ':',
      '-',
    ),
    registerHover(selector, (document, position) => {
      const explanation = explanationAt(document.getText(), position, surroundingsIn(sessions));
      return explanation && { words: explanation.words, range: rangeIn(explanation.range) };
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

function toOffer({ kind, label, insert, detail, explanation }: Suggestion, range: vscode.Range): Offer {
  return {
    label,
    insert,
    range,
    detail,
    explanation,
    kind: KINDS[kind],
    filter: kind === 'agent' ? `${label} ${insert}` : label,
    asksOn: kind === 'key',
  };
}
