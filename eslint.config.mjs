import js from '@eslint/js';
import importX from 'eslint-plugin-import-x';
import globals from 'globals';
import ts from 'typescript-eslint';

/** The architecture, as rules: which folder may import from which. */
const forbid = (...groups) => ({
  'no-restricted-imports': ['error', { patterns: groups.map(([group, message]) => ({ group, message })) }],
});
const VSCODE = [['vscode'], 'This layer can be thought about without VS Code, and is tested without it.'];
const inside = (folders) => folders.map((folder) => `**/${folder}/**`);
const FEATURES = ['account', 'explorer', 'commands', 'prompts', 'agentDocuments'];

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
    settings: { 'import-x/resolver': { node: { extensions: ['.ts', '.js', '.mjs'] } }, 'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] } },
  },
  {
    files: ['src/core/**/*.ts'],
    rules: forbid(VSCODE, [
      ['**/sandbox/**', '**/extension', '**/container', ...inside(FEATURES), '**/webview-ui/**'],
      'core knows nothing of what is built around it.',
    ]),
  },
  {
    files: ['src/sandbox/**/*.ts'],
    rules: forbid(VSCODE, [['**/extension', '**/container', ...inside(FEATURES), '**/webview-ui/**'], 'The sandbox stands on core alone.']),
  },
  {
    files: ['webview-ui/**/*.ts'],
    rules: forbid(VSCODE, [['**/src/*', '**/src/!(core)/**', '**/core/!(conversation)/**'], 'The page uses core/conversation alone.']),
  },
  {
    files: ['webview-ui/**/*.ts'],
    ignores: ['webview-ui/toolkit.ts'],
    rules: { 'no-restricted-syntax': ['error', { selector: "ImportDeclaration[source.value='@vscode/webview-ui-toolkit']", message: 'The toolkit sits behind webview-ui/toolkit.ts.' }] },
  },
  { files: ['vitest.config.ts'], rules: { 'import-x/no-default-export': 'off' } },
  { files: ['test/**/*.ts', 'bench/**', 'scripts/**', 'esbuild.js'], rules: { 'no-console': 'off', '@typescript-eslint/no-non-null-assertion': 'off' } },
);
