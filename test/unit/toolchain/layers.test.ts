import fs from 'node:fs';
import path from 'node:path';
import { ESLint } from 'eslint';
import ts from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { complaint, roomOf } from '../../../scripts/lib/arrows.mjs';
import { ROOMS, ROWS } from '../../../scripts/lib/layers.mjs';
import { root } from '../../../scripts/lib/paths.mjs';

/** Imports that each room must not have. The table says why. */
const PLANTED: Readonly<Record<string, readonly string[]>> = {
  'src/extension': ['./sandbox/engine', './storage/files', '../webview-ui/conversation/page', 'axios'],
  'src/container': ['./extension', './sandbox/engine', '../webview-ui/shared/dom', 'zod'],
  'src/commands': ['../extension', '../container', '../sandbox/engine', '../../webview-ui/shared/dom', 'axios'],
  'src/conversation': ['../account/sessions', '../commands/command', '../container', '../sandbox/engine', 'axios'],
  'src/account': ['../explorer/explorer', '../commands/command', '../container', '../extension', 'zod'],
  'src/explorer': ['../account/sessions', '../commands/command', '../container', '../sandbox/engine', 'axios'],
  'src/conversation/panel': [
    '../../prompts/promptFiles',
    '../../commands/command',
    '../../container',
    '../../../webview-ui/conversation/page',
    'axios',
  ],
  'src/prompts': ['../agentDocuments/agentDocuments', '../commands/command', '../container', 'yaml'],
  'src/agentDocuments': ['../prompts/promptFiles', '../commands/command', '../extension', 'yaml'],
  'src/conversation/documents': ['../panel/pageFiles', '../../explorer/explorer', '../../commands/command', 'axios'],
  'src/conversation/live': ['../panel/pageFiles', '../documents/toolTexts', '../../commands/command', 'axios'],
  'src/panels': ['../conversation/panel/panelIds', '../commands/command', '../storage/files', '../container', 'axios'],
  'src/tasks': ['../prompts/promptFiles', '../commands/command', '../storage/files', 'axios'],
  'src/sandbox': ['../account/clients', '../ui/log', '../core/organization/store', '../container', 'vscode'],
  'src/storage': ['../conversation/live/memory', '../ui/log', '../container', '../core/api/client', 'vscode'],
  'src/texts': ['../core/api/describeError', '../ui/messages', '../account/sessions', '../container'],
  'src/ui': ['../account/sessions', '../commands/command', '../tasks/sendTasks', '../storage/files', '../container'],
  'webview-ui/conversation': [
    '../../src/core/api/client',
    '../../src/core/organization/store',
    '../../src/core/secrets/secrets',
    '../../src/core/pages/validation/conversationMessages',
    '../../src/core/stored/savedInput',
    '../../src/conversation/panel/pageFiles',
    '@vscode/webview-ui-toolkit',
    'vscode',
    'zod/mini',
    'axios',
  ],
  'webview-ui/conversation/find': ['../page', '../parts/tool', '../../../src/core/prompts/promptFile', 'zod'],
  'webview-ui/conversation/keyboard': ['../find/finder', '../page', '../../../src/core/api/client', 'vscode'],
  'webview-ui/conversation/timeline': ['../page', '../find/finder', '../keyboard/pageKeys', '../files/filesPanel'],
  'webview-ui/conversation/header': ['../page', '../timeline/timeline', '../../../src/core/watch/pace', 'zod'],
  'webview-ui/conversation/prompt': ['../timeline/timeline', '../parts/tool', '../../../src/core/commandIds', 'zod'],
  'webview-ui/conversation/parts': ['../timeline/timeline', '../connection/host', '../../../src/core/api/client'],
  'webview-ui/conversation/files': ['../parts/tool', '../timeline/timeline', '../page', '../../../src/core/api/model'],
  'webview-ui/conversation/parts/tools': ['../tool', '../../files/filesPanel', '../../../../src/core/api/model'],
  'webview-ui/conversation/view': ['../parts/tool', '../timeline/timeline', '../../../src/core/api/model', 'marked'],
  'webview-ui/conversation/connection': ['../view/view', '../page', '../../../src/core/api/model', 'axios'],
  'webview-ui/conversation/rich': ['../view/view', '../parts/raw', '../../../src/core/agentFile/parse', 'zod'],
  'webview-ui/conversation/window': ['../timeline/timeline', '../connection/host', '../../../src/core/api/model'],
  'webview-ui/shared': [
    '../conversation/view/view',
    '../conversation/page',
    './toolkit',
    '../../src/core/conversation/transcript/transcript',
    '@vscode/webview-ui-toolkit',
    'vscode',
  ],
  'webview-ui/shared/toolkit': ['./dom', '../conversation/page', '../../src/core/words/format', 'vscode'],
  'src/core/stored': [
    '../api/client',
    '../pages/validation/shapes',
    '../../conversation/live/readSavedInputs',
    '../../../webview-ui/shared/dom',
    'vscode',
  ],
  'src/core/pages/validation': [
    '../../api/schemas',
    '../../organization/store',
    '../../../conversation/panel/pageFiles',
    '../../../../webview-ui/shared/dom',
    'axios',
    'vscode',
  ],
  'src/core/pages/channel': ['../conversation/protocol', '../../conversation/queue/outbox', 'zod/mini', 'vscode'],
  'src/core/pages/texts': ['./conversation/protocol', '../api/model', '../../../webview-ui/shared/texts', 'vscode'],
  'src/core/pages/conversation': [
    '../validation/conversationMessages',
    '../../api/model',
    '../../secrets/secrets',
    '../../../conversation/panel/pageFiles',
    '../../../../webview-ui/shared/dom',
    'zod',
    'node:crypto',
    'vscode',
  ],
  'src/core/conversation/documents': [
    '../find/texts',
    '../../pages/conversation/protocol',
    '../../api/client',
    'vscode',
  ],
  'src/core/conversation/find': ['../documents/record', '../queue/outbox', '../../api/client', 'vscode'],
  'src/core/conversation/queue': [
    '../toolCalls/toolText',
    '../times/measuredTimes',
    '../../organization/store',
    'vscode',
  ],
  'src/core/conversation/times': ['../queue/outbox', '../files/files', '../../api/client', 'vscode'],
  'src/core/conversation/files': ['../find/texts', '../times/measuredTimes', '../../api/client', 'vscode'],
  'src/core/conversation/toolCalls': ['../files/files', '../times/measuredTimes', '../../api/client', 'vscode'],
  'src/core/agentFile': ['../prompts/promptFile', '../conversation/transcript/transcript', '../../ui/log', 'vscode'],
  'src/core/prompts': ['../agentFile/parse', '../conversation/queue/outbox', '../../tasks/sendTasks', 'vscode'],
  'src/core/conversation/transcript': ['../toolCalls/toolText', '../queue/outbox', '../../api/client', 'vscode'],
  'src/core/organization': ['../conversation/transcript/transcript', '../watch/poller', '../prompts/memory', 'vscode'],
  'src/core/watch': ['../organization/store', '../api/client', '../../explorer/taskWatch', 'vscode'],
  'src/core/markdownFile': ['../prompts/promptFile', '../agentFile/parse', '../api/model', 'vscode'],
  'src/core/api': ['../organization/store', '../conversation/transcript/transcript', '../../account/clients', 'vscode'],
  'src/core/api/model': ['./client', '../base/json', 'zod/mini', 'axios', 'vscode'],
  'src/core/organization/status': ['../store', '../../api/model', '../../secrets/secrets', 'vscode'],
  'src/core/secrets': ['../api/client', '../words/words', '../../storage/files', 'vscode'],
  'src/core/commandIds': ['./base/limits', './words/words', '../commands/command', 'vscode'],
  'src/core/base': ['../words/words', '../secrets/secrets', '../api/model', 'vscode'],
  'src/core/words': ['../base/limits', '../api/model', '../../ui/log', 'vscode'],
};

/** Directions that the table must never allow: from, and what it may not import. */
const NEVER: readonly (readonly [from: string, to: readonly string[]])[] = [
  ['src/core', ['src', 'webview-ui']],
  ['src', ['webview-ui']],
  ['src/sandbox', ['src', 'webview-ui']],
  ['src/storage', ['src', 'webview-ui']],
  ['src/ui', ['src', 'webview-ui']],
  ['src/tasks', ['src/account', 'src/agentDocuments', 'src/conversation', 'src/explorer', 'src/prompts']],
  ['webview-ui/shared', ['webview-ui/conversation']],
  ['webview-ui', ['src']],
];

/** Exceptions that we want. */
const STILL_FINE: Readonly<Record<string, readonly string[]>> = {
  'src/core': ['src/core'],
  'src/sandbox': ['src/sandbox', 'src/core'],
  'src/storage': ['src/storage', 'src/core'],
  'src/ui': ['src/ui', 'src/core'],
  'webview-ui': [
    'src/core/base',
    'src/core/conversation',
    'src/core/organization/status',
    'src/core/pages/channel',
    'src/core/pages/conversation',
    'src/core/pages/texts',
    'src/core/words',
  ],
};

const FEATURES = ['account', 'agentDocuments', 'conversation', 'explorer', 'prompts'].map((name) => `src/${name}`);

// Without types, because the compiler does not know the test's file.
const eslint = new ESLint({ cwd: root, overrideConfig: [ts.configs.disableTypeChecked] });

/** The rule's messages for a text in a file. */
async function reported(text: string, filePath: string): Promise<readonly string[]> {
  const [result] = await eslint.lintText(text, { filePath });
  return (result?.messages ?? [])
    .filter(({ ruleId, fatal = false }) => fatal || ruleId === 'layers/arrow')
    .map(({ message }) => message);
}

/** A file of a room: a room that is a folder gets a new one. */
function fileIn(room: string): string {
  return fs.existsSync(path.join(root, `${room}.ts`)) ? `${room}.ts` : `${room}/planted.ts`;
}

const isIn = (room: string, folder: string): boolean => room === folder || room.startsWith(`${folder}/`);

/** How one file names another in an import. */
function specifierOf(from: string, to: string): string {
  const relative = path.posix.relative(path.posix.dirname(from), to).replace(/\.ts$/, '');
  return relative.startsWith('.') ? relative : `./${relative}`;
}

/** Whether a file of one room may import a file of the other. */
const isAllowed = (from: string, to: string): boolean =>
  complaint(fileIn(from), specifierOf(fileIn(from), fileIn(to))) === undefined;

const pairs = ROOMS.flatMap((from) => ROOMS.map((to) => [from.room, to.room] as const)).filter(([a, b]) => a !== b);

describe('Layers: the table', () => {
  it('names folders and files that exist, each once', () => {
    const names = ROOMS.map(({ room }) => room);
    expect(names.filter((room) => ![room, `${room}.ts`].some((at) => fs.existsSync(path.join(root, at))))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  it('has a room for every file', () => {
    const files = ['src', 'webview-ui'].flatMap((folder) =>
      fs
        .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .map((file) => `${folder}/${file.split(path.sep).join('/')}`),
    );
    expect(files.length).toBeGreaterThan(300);
    expect(files.filter((file) => roomOf(file) === undefined)).toEqual([]);
  });

  it('allows arrows to lower rows only, so that no circle is possible', () => {
    const row = new Map(ROWS.flatMap((rooms, at) => rooms.map(({ room }) => [room, at] as const)));
    const upward = pairs.filter(([from, to]) => isAllowed(from, to) && (row.get(from) ?? 0) >= (row.get(to) ?? 0));
    expect(upward).toEqual([]);
  });

  it.each(NEVER)('never lets %s import %s', (from, forbidden) => {
    const fine = STILL_FINE[from] ?? [];
    const wrong = pairs.filter(
      ([a, b]) =>
        isIn(a, from) &&
        forbidden.some((folder) => isIn(b, folder)) &&
        !fine.some((folder) => isIn(b, folder)) &&
        isAllowed(a, b),
    );
    expect(wrong).toEqual([]);
  });

  it('lets no feature import another feature, commands, the container or the start', () => {
    const wrong = pairs.filter(([from, to]) => {
      const feature = FEATURES.find((folder) => isIn(from, folder));
      const above = [
        'src/commands',
        'src/container',
        'src/extension',
        ...FEATURES.filter((other) => other !== feature),
      ];
      return feature !== undefined && above.some((folder) => isIn(to, folder)) && isAllowed(from, to);
    });
    expect(wrong).toEqual([]);
  });

  it('lets only src/account import the sandbox', () => {
    const rooms = pairs.filter(([from, to]) => to === 'src/sandbox' && isAllowed(from, to)).map(([from]) => from);
    expect(rooms).toEqual(['src/account']);
  });

  it('lets the page import the folders of core that its tsconfig lists, and no package behind them but diff', () => {
    const { include } = JSON.parse(fs.readFileSync(path.join(root, 'webview-ui/tsconfig.json'), 'utf8')) as {
      include: string[];
    };
    const listed = include
      .filter((line) => line.startsWith('../'))
      .map((line) => line.slice(3).replace(/(?:\/\*\*\/\*)?\.ts$/, ''));
    const used = ROOMS.filter(({ room }) => isIn(room, 'webview-ui'))
      .flatMap(({ may }) => may)
      .filter((folder) => isIn(folder, 'src'));
    expect([...new Set(used)].sort()).toEqual(listed.sort());
    const reached = new Set(listed.flatMap((folder) => ROOMS.filter(({ room }) => isIn(room, folder))));
    for (const { room: from } of reached)
      for (const to of ROOMS) if (from !== to.room && isAllowed(from, to.room)) reached.add(to);
    expect([...reached].flatMap(({ packages }) => packages)).toEqual(['diff']);
  });
});

describe('Layers: the rule', () => {
  it('has planted imports for each room', () => {
    expect(Object.keys(PLANTED).sort()).toEqual(ROOMS.map(({ room }) => room).sort());
  });

  it.each(ROOMS)('reports what $room may not import', async ({ room, why }) => {
    for (const specifier of PLANTED[room] ?? []) {
      const messages = await reported(`import * as planted from '${specifier}';\nvoid planted;`, fileIn(room));
      expect(messages, specifier).toEqual([expect.stringContaining(why)]);
    }
  });

  it.each(ROOMS)('allows $room what it may import', async ({ room, may, packages }) => {
    const files = may.filter((name) => fs.existsSync(path.join(root, `${name}.ts`)));
    const rooms = ROOMS.map(({ room: other }) => other).filter((other) => may.some((folder) => isIn(other, folder)));
    const specifiers = [
      ...[...files, ...rooms.map(fileIn)].map((to) => specifierOf(fileIn(room), to)),
      ...packages.map((name) => name.replace('*', 'fs')),
    ];
    const text = specifiers
      .map((to, at) => `import * as p${String(at)} from '${to}';\nvoid p${String(at)};`)
      .join('\n');
    expect(await reported(text, fileIn(room))).toEqual([]);
  });

  it.each([
    "import '../ui/log';",
    "import { x } from '../ui/log';\nvoid x;",
    "import type { X } from '../ui/log';\nexport type Y = X;",
    "export { x } from '../ui/log';",
    "export type { X } from '../ui/log';",
    "export * from '../ui/log';",
    "export * as x from '../ui/log';",
    "export const x = () => import('../ui/log');",
    'export const x = () => import(`../ui/log`);',
    "export type X = import('../ui/log').X;",
    "export type X = typeof import('../ui/log');",
    "import x = require('../ui/log');\nvoid x;",
    "export const x: unknown = require('../ui/log');",
    "import '../../src/ui/log';",
    "import '../core/../ui/./log.ts';",
    "import './../ui';",
  ])('sees %s', async (text) => {
    expect(await reported(text, 'src/storage/planted.ts')).toEqual([expect.stringContaining('may not import src/ui')]);
  });

  it.each([
    "const to = '../ui/log';\nexport const x = () => import(to);",
    "import '/src/ui/log';",
    "import '../../test/x';",
  ])('reports an import whose file it cannot place: %s', async (text) => {
    expect(await reported(text, 'src/storage/planted.ts')).toHaveLength(1);
  });

  it('reports a file in no room', async () => {
    for (const file of ['src/newFolder/planted.ts', 'src/core/planted.ts', 'webview-ui/planted.ts'])
      expect(await reported("import 'vscode';", file)).toEqual([
        `${file} is in no room: add its folder to scripts/lib/layers.mjs.`,
      ]);
  });

  it('leaves tests and scripts alone', async () => {
    for (const file of ['test/unit/planted.ts', 'bench/planted.mjs'])
      expect(await reported("import '../../src/sandbox/engine';", file)).toEqual([]);
  });
});
