/** Finds the files that a TypeScript file imports, and whether a file has logic. It reads only the syntax. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const parsed = new Map<string, ts.SourceFile>();
const imported = new Map<string, readonly string[]>();

/** All files below these folders, as paths below the project with slashes. */
export function filesBelow(folder: string, ending: string): readonly string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => path.posix.join(folder, file.split(path.sep).join('/')))
    .filter((file) => file.endsWith(ending) && !file.endsWith('.d.ts'));
}

export const exists = (file: string): boolean => existsSync(path.join(ROOT, file));

const BRANCHES: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.IfStatement,
  ts.SyntaxKind.ConditionalExpression,
  ts.SyntaxKind.SwitchStatement,
  ts.SyntaxKind.ForStatement,
  ts.SyntaxKind.ForOfStatement,
  ts.SyntaxKind.ForInStatement,
  ts.SyntaxKind.WhileStatement,
  ts.SyntaxKind.DoStatement,
  ts.SyntaxKind.TryStatement,
]);
const EITHER: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
]);
const MAX_PLAIN_STATEMENTS = 3;

/**
 * The rule: a file has logic if it branches (`if`, `?:`, `switch`, `&&`, `||`, `??`), loops or catches, or if one of
 * its functions has more than three statements. Types, tables and one-line functions have none.
 */
export function hasLogic(file: string): boolean {
  const isLogic = (node: ts.Node): boolean =>
    BRANCHES.has(node.kind) ||
    (ts.isBinaryExpression(node) && EITHER.has(node.operatorToken.kind)) ||
    (ts.isBlock(node) && ts.isFunctionLike(node.parent) && node.statements.length > MAX_PLAIN_STATEMENTS);
  const holdsLogic = (node: ts.Node): boolean => isLogic(node) || (ts.forEachChild(node, holdsLogic) ?? false);
  return holdsLogic(syntaxOf(file));
}

/** The project's files that this one loads: `import`, `export … from` and `import()`. Types alone load nothing. */
export function importsOf(file: string): readonly string[] {
  const known = imported.get(file);
  if (known) return known;
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    const target = specifier?.startsWith('.') ? resolved(file, specifier) : undefined;
    if (target) found.add(target);
    ts.forEachChild(node, visit);
  };
  visit(syntaxOf(file));
  imported.set(file, [...found]);
  return [...found];
}

/** All files that these import, directly or through other files, including themselves. */
export function reachedFrom(
  files: readonly string[],
  isFollowed = (_file: string): boolean => true,
): ReadonlySet<string> {
  const reached = new Set(files);
  for (const file of reached) if (isFollowed(file)) for (const next of importsOf(file)) reached.add(next);
  return reached;
}

function syntaxOf(file: string): ts.SourceFile {
  const known = parsed.get(file);
  if (known) return known;
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  const syntax = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  parsed.set(file, syntax);
  return syntax;
}

function specifierOf(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node)) return isOfTypes(node.importClause) ? undefined : textOf(node.moduleSpecifier);
  if (ts.isExportDeclaration(node)) return node.isTypeOnly ? undefined : textOf(node.moduleSpecifier);
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return textOf(node.arguments[0]);
  return undefined;
}

function isOfTypes(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  const { namedBindings } = clause;
  const isListOfTypes =
    !clause.name &&
    namedBindings !== undefined &&
    ts.isNamedImports(namedBindings) &&
    namedBindings.elements.every(({ isTypeOnly }) => isTypeOnly);
  return clause.phaseModifier === ts.SyntaxKind.TypeKeyword || isListOfTypes;
}

function textOf(node: ts.Node | undefined): string | undefined {
  return node && ts.isStringLiteralLike(node) ? node.text : undefined;
}

function resolved(from: string, specifier: string): string | undefined {
  const target = path.posix.join(path.posix.dirname(from), specifier);
  return [`${target}.ts`, `${target}/index.ts`, target].find((file) => file.endsWith('.ts') && exists(file));
}
