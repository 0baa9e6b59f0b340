/**
 * The module `vscode` in unit and page tests. Tests that mock `vscode` replace this file, so their mocks must not be made
 * from it: they are made from `vscodeTexts.ts`. Otherwise the mock waits for itself.
 */
export * from './vscodeTexts';
