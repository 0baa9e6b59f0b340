import js from '@eslint/js';
import importX from 'eslint-plugin-import-x';
import globals from 'globals';
import ts from 'typescript-eslint';
import { sinkRules } from './scripts/lib/sinkRules.mjs';
import { arrow } from './scripts/lint/layers.mjs';
import { explainedWait, noFixedWait } from './scripts/lint/noFixedWait.mjs';

export default ts.config(
  { ignores: ['dist/', '.tools/', '.tmp/', '.vscode-test/', 'examples/'] },
  js.configs.recommended,
  { files: ['**/*.{mjs,js,cjs}'], languageOptions: { globals: globals.node } },
  {
    files: ['**/*.ts'],
    extends: [ts.configs.strict, ts.configs.stylistic],
    plugins: { 'import-x': importX },
    rules: {
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
    // Which folder may import from which: scripts/lib/layers.mjs.
    files: ['src/**/*.ts', 'webview-ui/**/*.ts'],
    plugins: { layers: { rules: { arrow } } },
    rules: { 'layers/arrow': 'error' },
  },
  sinkRules,
  {
    files: ['test/**/*.{ts,mjs,cjs}'],
    plugins: { tests: { rules: { 'no-fixed-wait': noFixedWait, 'explained-wait': explainedWait } } },
    rules: { 'tests/no-fixed-wait': 'error', 'tests/explained-wait': 'error' },
  },
  { files: ['vitest.config.ts'], rules: { 'import-x/no-default-export': 'off' } },
  {
    files: ['test/**/*.ts', 'bench/**', 'scripts/**', 'esbuild.js'],
    rules: { 'no-console': 'off', '@typescript-eslint/no-non-null-assertion': 'off' },
  },
);
