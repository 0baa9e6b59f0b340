// VS Code's sinks have doors in `src/ui`, and nothing else uses them (docs/decisions/018-sinks.md). The rules name what
// is allowed and forbid everything else, so a new sink of VS Code is forbidden at first.
// test/unit/toolchain/sinkRules.test.ts has a violation of each rule.

/** The files that may use sinks. */
export const DOORS = [
  'accounts',
  'fileErrors',
  'inputs',
  'languageTexts',
  'log',
  'markdown',
  'messages',
  'outside',
  'progress',
  'quickPick',
  'statusBar',
  'titles',
  'treeItems',
].map((door) => `src/ui/${door}.ts`);

const names = (...list) => `/^(${list.join('|')})$/`;
const member = (namespace, allowed) =>
  `MemberExpression[object.object.name='vscode'][object.property.name='${namespace}']:not([property.name=${allowed}])`;
const NAMESPACES = names('commands', 'workspace', 'window', 'env', 'languages', 'authentication', 'extensions', 'l10n');
const WATCHED = names('window', 'env', 'languages', 'authentication', 'commands');
const DRAWN = names(
  'MarkdownString',
  'TreeItem',
  'TreeItemLabel',
  'TreeView',
  'TreeDataProvider',
  'CodeLens',
  'CompletionItem',
  'CompletionItemLabel',
  'CompletionList',
  'Hover',
  'Diagnostic',
  'DiagnosticRelatedInformation',
  'DiagnosticCollection',
  'InlayHint',
  'InlayHintLabelPart',
  'SignatureInformation',
  'DocumentLink',
  'CodeAction',
  'DocumentSymbol',
  'SymbolInformation',
  'TerminalLink',
  'QuickPick',
  'QuickPickItem',
  'QuickInputButton',
  'InputBox',
  'StatusBarItem',
  'FileDecoration',
  'DecorationOptions',
  'ThemableDecorationAttachmentRenderOptions',
  'ViewBadge',
  'DataTransferItem',
  'Task',
  'NotebookCellOutputItem',
  'TestItem',
  'Comment',
);

/** Name, selector, and what to do instead. */
export const SINK_RULES = [
  [
    'import',
    "ImportDeclaration[source.value='vscode'][importKind!='type'] > :not(ImportNamespaceSpecifier[local.name='vscode']):not(Literal)",
    "Write `import * as vscode from 'vscode'`, so that each use is visible.",
  ],
  [
    're-export',
    ":matches(ExportAllDeclaration, ExportNamedDeclaration)[source.value='vscode']",
    'Import VS Code where you use it.',
  ],
  [
    'dynamic import',
    ":matches(ImportExpression[source.value='vscode'], ImportExpression[source.type!='Literal'])",
    'Import VS Code at the top of a file.',
  ],
  [
    'require',
    ':matches(CallExpression[callee.name=/^(require|createRequire)$/], TSImportEqualsDeclaration)',
    'Import modules; do not require them.',
  ],
  [
    'alias of vscode',
    ":not(MemberExpression, TSQualifiedName, ImportNamespaceSpecifier) > Identifier[name='vscode']",
    'Do not rename or destructure `vscode`, so that each use is visible.',
  ],
  [
    'bracket access',
    ":matches(MemberExpression[object.name='vscode'][computed=true], MemberExpression[computed=true] > MemberExpression.object[object.name='vscode'])",
    'Name what you use of `vscode`.',
  ],
  [
    'other namespace',
    `MemberExpression[object.name='vscode'][computed=false][property.name=/^[a-z]/]:not([property.name=${NAMESPACES}])`,
    'This part of VS Code shows texts: give it a door in src/ui.',
  ],
  [
    'alias of a namespace',
    `:not(MemberExpression) > MemberExpression[object.name='vscode'][property.name=${WATCHED}]`,
    'A part of Do not rename or destructure `vscode`, so that each use is visible.',
  ],
  [
    'window',
    member(
      'window',
      names(
        'showTextDocument',
        'tabGroups',
        'activeTextEditor',
        'visibleTextEditors',
        'state',
        'onDid.*',
        'registerWebviewPanelSerializer',
      ),
    ),
    'Messages, questions, lists, progress, trees, panels and logs have doors in src/ui.',
  ],
  [
    'env',
    member('env', names('appName', 'appRoot', 'language', 'uiKind', 'remoteName', 'sessionId')),
    'Links and the clipboard have doors in src/ui/outside.ts.',
  ],
  [
    'languages',
    member('languages', names('match', 'getLanguages', 'setTextDocumentLanguage', 'onDid.*')),
    'Suggestions, hovers, problems and lenses have doors in src/ui/languageTexts.ts.',
  ],
  [
    'authentication',
    member('authentication', names('getSession', 'getAccounts', 'onDid.*')),
    'Accounts have a door in src/ui/accounts.ts.',
  ],
  [
    'built-in command',
    ':matches(Literal[value=/^(vscode\\.(diff|changes|open)|simpleBrowser\\.|_)/], TemplateElement[value.raw=/^(vscode\\.|_)/])',
    'Comparisons have doors in src/ui/titles.ts, files in src/ui/outside.ts.',
  ],
  [
    'unnamed command',
    "CallExpression[callee.property.name='executeCommand'][arguments.0.type!='Literal'][arguments.0.callee.name!='qualified']",
    'Name a command where you run it.',
  ],
  [
    'drawn type',
    `:matches(MemberExpression[object.name='vscode'][property.name=${DRAWN}], TSQualifiedName[left.name='vscode'][right.name=${DRAWN}], ImportDeclaration[source.value='vscode'] > ImportSpecifier[imported.name=${DRAWN}])`,
    'VS Code draws its contents: make it in a door in src/ui.',
  ],
  [
    'file error',
    ":not(BinaryExpression[operator='instanceof']) > MemberExpression[object.name='vscode'][property.name='FileSystemError']",
    'VS Code shows the messages of file errors: make them in src/ui/fileErrors.ts.',
  ],
  [
    'drawn property',
    'AssignmentExpression > MemberExpression.left:matches([property.name=/^(title|message|description|badge|tooltip|label|detail|validationMessage|prompt|placeholder|documentation|accessibilityInformation)$/],' +
      ' [property.value=/^(title|message|description|badge|tooltip|label|detail|validationMessage|prompt|placeholder|documentation|accessibilityInformation)$/]):not([object.type="ThisExpression"])',
    'VS Code may draw what you assign here: do it in a door in src/ui.',
  ],
];

/** For the list of ESLint configurations. */
export const sinkRules = {
  files: ['src/**/*.ts'],
  ignores: ['src/core/**', 'src/sandbox/**', ...DOORS],
  rules: { 'no-restricted-syntax': ['error', ...SINK_RULES.map(([, selector, message]) => ({ selector, message }))] },
};
