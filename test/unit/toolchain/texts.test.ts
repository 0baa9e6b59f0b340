import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { bundleFromCode, bundlePath, manifestProblems } from '../../../scripts/lib/texts.mjs';
import { PLAIN_TEXTS } from './plainTexts';
import { filesBelow } from './imports';

const readJson = (file: string): Record<string, unknown> =>
  JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;

describe('Texts for translators', () => {
  it('l10n/bundle.l10n.json has every text of the code, and no other', async () => {
    expect(JSON.parse(readFileSync(bundlePath, 'utf8'))).toEqual(JSON.parse(await bundleFromCode()));
  });

  it('package.nls.json has every text of the manifest, and no other', () => {
    expect(manifestProblems(readJson('package.json'), readJson('package.nls.json'))).toEqual([]);
  });

  it('finds a text that package.json writes out, a key without a text, and a text without a use', () => {
    const manifest = {
      displayName: '%displayName%',
      contributes: { commands: [{ command: 'a.b', title: 'Sign In' }], views: { a: [{ name: '%view%' }] } },
    };
    expect(manifestProblems(manifest, { displayName: 'Agents', unused: 'x' })).toEqual([
      'package.json has a text of its own: “Sign In”',
      'package.nls.json misses “view”',
      'package.nls.json has “unused”, which package.json does not use',
    ]);
  });
});

const isTable = (file: string): boolean =>
  /(?:^|\/)(?:texts|pageTexts)\.ts$/.test(file) ||
  file.startsWith('src/texts/') ||
  file.startsWith('src/core/pages/texts');

/** The sandbox answers as QuantConnect does, in English. */
const SOURCES = filesBelow('src', '.ts').filter((file) => !file.startsWith('src/sandbox'));

/** Each use of `l10n.t` that no tool could find, or that is outside of a table. */
function untranslatable(file: string, code: string): readonly string[] {
  const found: string[] = [];
  visit(parse(file, code), (node) => {
    if (!ts.isPropertyAccessExpression(node) || !/\bl10n\.t$/.test(node.getText())) return undefined;
    const call = node.parent;
    const hasOneLiteral =
      ts.isCallExpression(call) &&
      call.expression === node &&
      call.arguments.length === 1 &&
      call.arguments.every(ts.isStringLiteralLike);
    if (!hasOneLiteral || !isTable(file)) found.push(call.getText());
    return undefined;
  });
  return found;
}

/**
 * Each text with a space and a letter that is written out in code. Left alone: lines of the log, errors that only
 * developers see, imports and types. A text of one word is not found.
 */
function plainTexts(file: string, code: string): readonly string[] {
  const found: string[] = [];
  visit(parse(file, code), (node) => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) return 'skip';
    if (ts.isCallExpression(node) && /(?:^|\.)(?:english|log)$/.test(node.expression.getText())) return 'skip';
    if (ts.isNewExpression(node) && /^(?:Type|Range)?Error$/.test(node.expression.getText())) return 'skip';
    const text = textOf(node);
    if (text !== undefined && /\p{L}/u.test(text) && /\S \S/.test(text)) found.push(text);
    return undefined;
  });
  return found;
}

function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('');
}

function parse(file: string, code: string): ts.SourceFile {
  return ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
}

function visit(node: ts.Node, look: (node: ts.Node) => 'skip' | undefined): void {
  if (look(node) === 'skip') return;
  ts.forEachChild(node, (child) => {
    visit(child, look);
  });
}

describe('The source', () => {
  const code = new Map(SOURCES.map((file) => [file, readFileSync(file, 'utf8')]));

  it('translates only literals, and only in tables of texts', () => {
    expect([...code].flatMap(([file, text]) => untranslatable(file, text))).toEqual([]);
  });

  it('writes out no text for the user outside of the tables', () => {
    const found = [...code]
      .filter(([file]) => !isTable(file))
      .flatMap(([file, text]) =>
        plainTexts(file, text)
          .filter((plain) => !isExempt(file, plain))
          .map((plain) => `${file}: ${plain}`),
      );
    expect(found).toEqual([]);
  });

  it('has every text that is exempt', () => {
    const unused = PLAIN_TEXTS.flatMap(({ file, texts }) => {
      const plain = plainTexts(file, code.get(file) ?? '');
      return texts === 'all' ? (plain.length > 0 ? [] : [file]) : texts.filter((text) => !plain.includes(text));
    });
    expect(unused).toEqual([]);
  });

  it.each([
    "void vscode.window.showInformationMessage('Not in a table');",
    "throw new Obstacle('Not in a table');",
    "say('Not in a table');",
    "const row = { label: isNew ? 'Not in a table' : '' };",
    'item.label = `Not in ${place} a table`;',
    "warn('Not in a table');",
    "new vscode.Diagnostic(range, 'Not in a table');",
  ])('is found out where it has %s', (planted) => {
    expect(plainTexts('src/planted.ts', planted)).toHaveLength(1);
  });

  it.each([
    ['src/planted.ts', "vscode.l10n.t('Not in a table');"],
    ['src/texts.ts', 'vscode.l10n.t(text);'],
    ['src/texts.ts', "vscode.l10n.t('Hello {0}', name);"],
    ['src/texts.ts', 'const translate = vscode.l10n.t;'],
  ])('is found out where %s has %s', (file, planted) => {
    expect(untranslatable(file, planted)).toHaveLength(1);
  });

  it.each(["say(TEXTS.couldNot, 'x');", "say('api.couldNot');", "log.error(english('{0} has failed', what));"])(
    'may have %s',
    (fine) => {
      expect(plainTexts('src/fine.ts', fine)).toEqual([]);
    },
  );
});

function isExempt(file: string, text: string): boolean {
  return PLAIN_TEXTS.some((plain) => plain.file === file && (plain.texts === 'all' || plain.texts.includes(text)));
}
