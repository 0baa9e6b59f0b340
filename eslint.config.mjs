import js from '@eslint/js';
import importX from 'eslint-plugin-import-x';
import globals from 'globals';
import ts from 'typescript-eslint';
import { sinkRules } from './scripts/lib/sinkRules.mjs';
import { arrow } from './scripts/lint/layers.mjs';
import { explainedWait, noFixedWait } from './scripts/lint/noFixedWait.mjs';
import { noTextInPage } from './scripts/lint/pageTexts.mjs';

export default ts.config(
  { ignores: ['dist/', '.tools/', '.tmp/', '.vscode-test/', 'examples/'] },
  js.configs.recommended,
  { files: ['**/*.{mjs,js,cjs}'], languageOptions: { globals: globals.node } },
  {
    files: ['**/*.ts'],
    extends: [ts.configs.strictTypeChecked, ts.configs.stylisticTypeChecked],
    languageOptions: {
      // The same programs as `npm run typecheck`.
      parserOptions: {
        project: 'tsconfig.lint.json',
        tsconfigRootDir: import.meta.dirname,
      },
    },
    plugins: { 'import-x': importX },
    rules: {
      // A default would hide new members of a union. Only an open type needs one.
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { allowDefaultCaseForExhaustiveSwitch: false, requireDefaultForNonUnion: true },
      ],
      // Brackets show that no type promises this key: a key of an API answer, of stored state, of the environment.
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      // `stop: () => this.stop()` only passes a call on, so its result does not matter.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // An empty text means the same as no text.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-empty-function': 'off',
      'import-x/no-default-export': 'error',
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'no-console': 'error',
      eqeqeq: 'error',
    },
    settings: {
      'import-x/resolver': { node: { extensions: ['.ts', '.js', '.mjs'] } },
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
    },
  },
  {
    // Says which folder may import which: scripts/lib/layers.mjs.
    files: ['src/**/*.ts', 'webview-ui/**/*.ts'],
    plugins: { layers: { rules: { arrow } } },
    rules: { 'layers/arrow': 'error' },
  },
  sinkRules,
  {
    files: ['webview-ui/**/*.ts'],
    plugins: { page: { rules: { 'no-text': noTextInPage } } },
    rules: { 'page/no-text': 'error' },
  },
  {
    files: ['test/**/*.{ts,mjs,cjs}'],
    plugins: { tests: { rules: { 'no-fixed-wait': noFixedWait, 'explained-wait': explainedWait } } },
    rules: { 'tests/no-fixed-wait': 'error', 'tests/explained-wait': 'error' },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // A test's replacement for something asynchronous is asynchronous too, even if it waits for nothing.
      '@typescript-eslint/require-await': 'off',
      // A test makes only the part of an object that its subject uses.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
    },
  },
  {
    // A parser reports a problem and returns `undefined` in one expression.
    files: ['src/core/agentFile/parse.ts'],
    rules: { '@typescript-eslint/no-confusing-void-expression': 'off' },
  },
  {
    // `afterAll` runs even if `beforeAll` failed. Then a variable is empty, although its type says otherwise.
    files: ['test/e2e/**/*.ts'],
    rules: { '@typescript-eslint/no-unnecessary-condition': 'off' },
  },
  { files: ['vitest.config.ts'], rules: { 'import-x/no-default-export': 'off' } },
  {
    files: ['test/**/*.ts', 'bench/**', 'scripts/**', 'esbuild.js'],
    rules: { 'no-console': 'off', '@typescript-eslint/no-non-null-assertion': 'off' },
  },
);
