// VS Code's sinks have doors in `src/ui`, and nothing else touches them (docs/decisions/018-sinks.md). What is not
// allowed by name is forbidden, so that a sink that VS Code gets tomorrow has a door too. Each rule has a planted
// violation in test/unit/toolchain/sinkRules.test.ts.

/** The files that may. */
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
    "Write `import * as vscode from 'vscode'`: so each use can be seen.",
  ],
  [
    're-export',
    ":matches(ExportAllDeclaration, ExportNamedDeclaration)[source.value='vscode']",
    'VS Code is imported where it is used.',
  ],
  [
    'dynamic import',
    ":matches(ImportExpression[source.value='vscode'], ImportExpression[source.type!='Literal'])",
    'VS Code is imported at the top of a file.',
  ],
  [
    'require',
    ':matches(CallExpression[callee.name=/^(require|createRequire)$/], TSImportEqualsDeclaration)',
    'Modules are imported, not required.',
  ],
  [
    'alias of vscode',
    ":not(MemberExpression, TSQualifiedName, ImportNamespaceSpecifier) > Identifier[name='vscode']",
    '`vscode` has no other name, and is not taken apart: so each use can be seen.',
  ],
  [
    'bracket access',
    ":matches(MemberExpression[object.name='vscode'][computed=true], MemberExpression[computed=true] > MemberExpression.object[object.name='vscode'])",
    'What is used of `vscode` is named.',
  ],
  [
    'other namespace',
    `MemberExpression[object.name='vscode'][computed=false][property.name=/^[a-z]/]:not([property.name=${NAMESPACES}])`,
    'This part of VS Code shows texts: give it a door in src/ui.',
  ],
  [
    'alias of a namespace',
    `:not(MemberExpression) > MemberExpression[object.name='vscode'][property.name=${WATCHED}]`,
    'A part of `vscode` has no other name, and is not taken apart: so each use can be seen.',
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
    'A command is named where it is run.',
  ],
  [
    'drawn type',
    `:matches(MemberExpression[object.name='vscode'][property.name=${DRAWN}], TSQualifiedName[left.name='vscode'][right.name=${DRAWN}], ImportDeclaration[source.value='vscode'] > ImportSpecifier[imported.name=${DRAWN}])`,
    'VS Code draws what is in it: make it in a door in src/ui.',
  ],
  [
    'file error',
    ":not(BinaryExpression[operator='instanceof']) > MemberExpression[object.name='vscode'][property.name='FileSystemError']",
    'VS Code shows the words of file errors: make them in src/ui/fileErrors.ts.',
  ],
  [
    'drawn property',
    'AssignmentExpression > MemberExpression.left:matches([property.name=/^(title|message|description|badge|tooltip|label|detail|validationMessage|prompt|placeholder|documentation|accessibilityInformation)$/],' +
      ' [property.value=/^(title|message|description|badge|tooltip|label|detail|validationMessage|prompt|placeholder|documentation|accessibilityInformation)$/]):not([object.type="ThisExpression"])',
    'VS Code may draw what is assigned here: a door in src/ui does it.',
  ],
];

/** To be put into the list of configurations. */
export const sinkRules = {
  files: ['src/**/*.ts'],
  ignores: ['src/core/**', 'src/sandbox/**', ...DOORS],
  rules: { 'no-restricted-syntax': ['error', ...SINK_RULES.map(([, selector, message]) => ({ selector, message }))] },
};
