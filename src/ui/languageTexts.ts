import * as vscode from 'vscode';
import { MAX_PROBLEMS } from '../core/base/limits';
import type { FileProblem } from '../core/markdownFile/problem';
import { render } from '../core/words/render';
import type { Text } from '../core/words/words';
import { markdown } from './markdown';
import { rangeIn } from './ranges';

/** The door to texts that VS Code shows in an editor: suggestions, hovers, problems and code lenses. */

/** A suggestion for the text at a position. */
export interface Offer {
  /** VS Code draws `$(name)` in it as an icon. */
  readonly label: Text;
  readonly kind: vscode.CompletionItemKind;
  /** The text that replaces `range`. */
  readonly insert: string;
  readonly range: vscode.Range;
  /** The text to compare with what the user typed. Without it, the label counts. */
  readonly filter?: string;
  readonly detail?: Text | undefined;
  /** Its template is our own Markdown. */
  readonly explanation?: Text | undefined;
  /** VS Code asks for the next suggestions at once. */
  readonly asksOn?: boolean;
}

type Answer<T> = T | undefined | Promise<T | undefined>;

/** Registers suggestions. VS Code shows them in the given order, not in alphabetical order. */
export function registerCompletion(
  selector: vscode.DocumentSelector,
  offersAt: (document: vscode.TextDocument, position: vscode.Position) => Answer<readonly Offer[]>,
  ...triggers: readonly string[]
): vscode.Disposable {
  return vscode.languages.registerCompletionItemProvider(
    selector,
    {
      provideCompletionItems: async (document, position) => (await offersAt(document, position))?.map(completionItem),
    },
    ...triggers,
  );
}

function completionItem(
  { label, kind, insert, range, filter, detail, explanation, asksOn }: Offer,
  index: number,
): vscode.CompletionItem {
  const item = new vscode.CompletionItem(render(label, 'completion'), kind);
  item.insertText = insert;
  item.range = range;
  item.sortText = String(index).padStart(4, '0');
  if (filter !== undefined) item.filterText = filter;
  if (detail !== undefined) item.detail = render(detail, 'completion');
  if (explanation !== undefined) item.documentation = markdown(explanation);
  if (asksOn) item.command = { command: 'editor.action.triggerSuggest', title: 'Suggest' };
  return item;
}

/** @param wordsAt explains a place. The template of its words is our own Markdown. */
export function registerHover(
  selector: vscode.DocumentSelector,
  wordsAt: (
    document: vscode.TextDocument,
    position: vscode.Position,
  ) => { readonly words: Text; readonly range: vscode.Range } | undefined,
): vscode.Disposable {
  return vscode.languages.registerHoverProvider(selector, {
    provideHover: (document, position) => {
      const found = wordsAt(document, position);
      return found && new vscode.Hover(markdown(found.words), found.range);
    },
  });
}

/** A problem with a code shows the code beside its message. */
type MarkedProblem = FileProblem & { readonly code?: string };

/** Underlines what is wrong in documents. */
export class MarkedProblems implements vscode.Disposable {
  private readonly collection: vscode.DiagnosticCollection;

  constructor(name: string) {
    this.collection = vscode.languages.createDiagnosticCollection(name);
  }

  set(uri: vscode.Uri, problems: readonly MarkedProblem[]): void {
    this.collection.set(uri, problems.slice(0, MAX_PROBLEMS).map(diagnostic));
  }

  delete(uri: vscode.Uri): void {
    this.collection.delete(uri);
  }

  dispose(): void {
    this.collection.dispose();
  }
}

function diagnostic({ message, severity, range, code }: MarkedProblem): vscode.Diagnostic {
  const { Error, Warning } = vscode.DiagnosticSeverity;
  const made = new vscode.Diagnostic(
    rangeIn(range),
    render(message, 'diagnostic'),
    severity === 'error' ? Error : Warning,
  );
  made.source = 'QuantConnect Agents';
  if (code !== undefined) made.code = code;
  return made;
}

export interface Lens {
  readonly range: vscode.Range;
  /** VS Code draws `$(name)` in it as an icon. */
  readonly title: Text;
  readonly command: string;
  readonly arguments?: unknown[];
}

export function registerLenses(
  selector: vscode.DocumentSelector,
  lensesIn: (document: vscode.TextDocument) => readonly Lens[],
): vscode.Disposable {
  return vscode.languages.registerCodeLensProvider(selector, {
    provideCodeLenses: (document) =>
      lensesIn(document).map(
        ({ range, title, ...command }) => new vscode.CodeLens(range, { ...command, title: render(title, 'codeLens') }),
      ),
  });
}
