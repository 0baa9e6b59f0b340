import js from '@eslint/js';
import importX from 'eslint-plugin-import-x';
import globals from 'globals';
import ts from 'typescript-eslint';
import { sinkRules } from './scripts/lib/sinkRules.mjs';
import { explainedWait, noFixedWait } from './scripts/lint/noFixedWait.mjs';

/**
 * The architecture, as rules: which folder may import from which. Each forbidden thing is a regular expression over the
 * import's text, and why.
 */
const forbid = (...patterns) => ({
  'no-restricted-imports': ['error', { patterns: patterns.map(([regex, message]) => ({ regex, message })) }],
});
const VSCODE = ['^vscode$', 'This layer can be thought about without VS Code, and is tested without it.'];
const FEATURES = ['account', 'agentDocuments', 'conversation', 'explorer', 'prompts'];
const anyOf = (folders) => `^(\\.\\./)+(${folders.join('|')})/`;
const UPWARD = '^(\\.\\./)+(extension|container)$';

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
    files: ['src/core/**/*.ts'],
    // core/conversation and core/prompts stand beside features of the same name: only a path that leaves core is meant.
    rules: forbid(VSCODE, [
      '^(\\.\\./)+(account|agentDocuments|commands|explorer|sandbox|ui|webview-ui|extension|container)(/|$)',
      'core knows nothing of what is built around it.',
    ]),
  },
  {
    files: ['src/sandbox/**/*.ts'],
    rules: forbid(VSCODE, [
      '^(\\.\\./)+(account|agentDocuments|commands|conversation|explorer|prompts|ui|webview-ui|extension|container)(/|$)',
      'The sandbox stands on core alone.',
    ]),
  },
  {
    files: ['src/storage/**/*.ts'],
    rules: forbid(
      VSCODE,
      [
        anyOf([...FEATURES, 'commands', 'sandbox', 'ui']),
        'storage keeps texts in files and knows nothing of what they are.',
      ],
      [UPWARD, 'The container knows storage, not the other way round.'],
    ),
  },
  ...FEATURES.map((feature) => ({
    files: [`src/${feature}/**/*.ts`],
    rules: forbid(
      [
        anyOf(FEATURES.filter((other) => other !== feature)),
        'Features do not import each other: they meet in core, ui and the container.',
      ],
      ['^(\\.\\./)+commands/(?!commandIds$)', 'Features know the ids of commands, not the commands.'],
      [UPWARD, 'The container knows the features, not the other way round.'],
    ),
  })),
  {
    files: ['src/ui/**/*.ts'],
    rules: forbid(
      [anyOf(FEATURES), 'ui serves the features and knows none of them.'],
      [UPWARD, 'The container knows ui, not the other way round.'],
    ),
  },
  sinkRules,
  {
    files: ['webview-ui/**/*.ts'],
    rules: forbid(VSCODE, [
      '/src/(?!core/(base|conversation|organization/status|pages|words)/)',
      'The page uses the folders of core that its tsconfig lists.',
    ]),
  },
  {
    files: ['webview-ui/**/*.ts'],
    ignores: ['webview-ui/shared/toolkit.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "ImportDeclaration[source.value='@vscode/webview-ui-toolkit']",
          message: 'The toolkit sits behind webview-ui/shared/toolkit.ts.',
        },
      ],
    },
  },
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
