// @ts-check
// The architecture as a table: the rooms of the code, and what each may import. ESLint checks every import against it
// (scripts/lint/layers.mjs), and `npm run architecture` draws it (docs/architecture.svg).
// - A room is a folder, or one file without its extension. A file belongs to the innermost room around it.
// - Rows go from top to bottom. A room imports only from rows below its own, so there are no circles between rooms.
// - A folder in `may` includes everything in it.
// - `packages` names the packages that a room may import; `node:*` means all of Node's own modules.

/**
 * @typedef {object} Room
 * @property {string} room
 * @property {string} holds its contents, in a few words for the drawing
 * @property {readonly string[]} may rooms, folders of rooms, or single files
 * @property {readonly string[]} packages
 * @property {string} why why the room may import no more than this
 */

/** What features may import. They share these rooms and never import each other. */
const UNDER_FEATURES = ['src/core', 'src/storage', 'src/tasks', 'src/ui'];

/** What every room of the conversation may import. It needs the API's model, not the client. */
const UNDER_CONVERSATION = ['src/core/api/model', 'src/core/base', 'src/core/words'];

/** The folders of core that the page may import: those that webview-ui/tsconfig.json lists. */
const PAGE_CORE = [
  'src/core/base',
  'src/core/conversation',
  'src/core/organization/status',
  'src/core/pages/channel',
  'src/core/pages/conversation',
  'src/core/pages/texts',
  'src/core/words',
];

/** @type {readonly (readonly Room[])[]} */
export const ROWS = [
  // The extension: first wiring, then what the user does, then what features share.
  [
    {
      room: 'src/extension',
      holds: 'activate()',
      may: ['src/container', 'src/commands', 'src/account', 'src/core', 'src/texts', 'src/ui'],
      packages: ['vscode'],
      why: 'The start only connects the container to VS Code.',
    },
  ],
  [
    {
      room: 'src/container',
      holds: 'makes every service',
      may: [
        'src/commands',
        'src/account',
        'src/agentDocuments',
        'src/conversation',
        'src/explorer',
        'src/prompts',
      ].concat(UNDER_FEATURES),
      packages: ['vscode'],
      why: 'The container makes every service. Only the start may import it.',
    },
  ],
  [
    {
      room: 'src/commands',
      holds: 'one file each',
      may: ['src/account', 'src/agentDocuments', 'src/conversation', 'src/explorer', 'src/prompts'].concat(
        UNDER_FEATURES,
      ),
      packages: ['vscode'],
      why: 'The container passes to commands what they use.',
    },
  ],
  [
    {
      room: 'src/conversation',
      holds: 'loads on first use',
      may: [
        'src/panels',
        'src/conversation/panel',
        'src/conversation/documents',
        'src/conversation/live',
        ...UNDER_FEATURES,
      ],
      packages: ['vscode', 'node:path'],
      why: 'It connects panels, documents and memory. Features do not import each other.',
    },
  ],
  [
    {
      room: 'src/account',
      holds: 'sign-in, sessions',
      may: ['src/sandbox', ...UNDER_FEATURES],
      packages: ['vscode', 'node:*', 'axios'],
      why: 'Features do not import each other, commands or the container. Only this feature imports the sandbox.',
    },
    {
      room: 'src/explorer',
      holds: 'the tree',
      may: UNDER_FEATURES,
      packages: ['vscode'],
      why: 'Features do not import each other, commands or the container.',
    },
    {
      room: 'src/conversation/panel',
      holds: 'the webview panel',
      may: ['src/conversation/documents', 'src/conversation/live', 'src/panels', 'src/texts', ...UNDER_FEATURES],
      packages: ['vscode'],
      why: 'Features do not import each other, commands or the container. The panel shares only messages with the page.',
    },
    {
      room: 'src/prompts',
      holds: 'deploys prompt files',
      may: UNDER_FEATURES,
      packages: ['vscode'],
      why: 'Features do not import each other, commands or the container.',
    },
    {
      room: 'src/agentDocuments',
      holds: 'agents as files',
      may: UNDER_FEATURES,
      packages: ['vscode', 'node:*'],
      why: 'Features do not import each other, commands or the container.',
    },
  ],
  [
    {
      room: 'src/conversation/documents',
      holds: 'texts, files, export',
      may: ['src/conversation/live', ...UNDER_FEATURES],
      packages: ['vscode'],
      why: 'Documents outlive the panel, so they do not import it.',
    },
  ],
  [
    {
      room: 'src/conversation/live',
      holds: 'reading and sending',
      may: UNDER_FEATURES,
      packages: ['vscode', 'node:*'],
      why: 'Reading and sending work without a panel or a document.',
    },
  ],
  [
    {
      room: 'src/panels',
      holds: 'what webview panels share',
      may: ['src/core', 'src/ui'],
      packages: ['vscode', 'node:crypto'],
      why: 'What every webview panel needs, whatever its page shows: policy, HTML, tabs. It knows no feature.',
    },
  ],
  [
    {
      room: 'src/tasks',
      holds: 'sends tasks carefully',
      may: ['src/core', 'src/ui'],
      packages: ['vscode'],
      why: 'Several features and commands send tasks, so this imports none of them. It uses VS Code only to translate its texts.',
    },
  ],
  [
    {
      room: 'src/sandbox',
      holds: 'a simulated cloud',
      may: ['src/core/api/model', 'src/core/base'],
      packages: ['node:*', 'axios'],
      why: 'The sandbox needs only core and runs without VS Code.',
    },
    {
      room: 'src/storage',
      holds: 'files of each window',
      may: ['src/core/base', 'src/core/words'],
      packages: ['node:*'],
      why: 'Storage writes texts to files and does not know what they mean. It says why it cannot. Its tests need no VS Code.',
    },
    {
      room: 'src/texts',
      holds: "core's texts",
      may: ['src/core/words'],
      packages: ['vscode'],
      why: 'The texts behind the message keys of core. All other code uses the keys.',
    },
    {
      room: 'src/ui',
      holds: 'doors to VS Code',
      may: ['src/core'],
      packages: ['vscode'],
      why: 'Every feature uses ui, so ui imports none of them.',
    },
  ],

  // The page in the panel.
  [
    {
      room: 'webview-ui/conversation',
      holds: 'puts the page together',
      may: [
        'webview-ui/conversation/connection',
        'webview-ui/conversation/files',
        'webview-ui/conversation/find',
        'webview-ui/conversation/header',
        'webview-ui/conversation/keyboard',
        'webview-ui/conversation/prompt',
        'webview-ui/conversation/rich',
        'webview-ui/conversation/timeline',
        'webview-ui/conversation/view',
        'webview-ui/shared',
        ...PAGE_CORE,
      ],
      packages: [],
      why: 'The page uses its own rooms and the folders of core in its tsconfig. It never uses VS Code or the network.',
    },
  ],
  [
    {
      room: 'webview-ui/conversation/find',
      holds: 'find and filters',
      may: [
        'webview-ui/conversation/connection',
        'webview-ui/conversation/rich',
        'webview-ui/conversation/timeline',
        'webview-ui/conversation/window',
        'webview-ui/shared',
        ...PAGE_CORE,
      ],
      packages: [],
      why: 'Find searches the timeline; the timeline does not know about find.',
    },
    {
      room: 'webview-ui/conversation/keyboard',
      holds: 'keys and shortcuts',
      may: ['webview-ui/conversation/timeline', 'webview-ui/shared', ...PAGE_CORE],
      packages: [],
      why: 'Keys move in the timeline. The page passes in what they start.',
    },
  ],
  [
    {
      room: 'webview-ui/conversation/timeline',
      holds: 'messages in order',
      may: [
        'webview-ui/conversation/connection',
        'webview-ui/conversation/header',
        'webview-ui/conversation/parts',
        'webview-ui/conversation/prompt',
        'webview-ui/conversation/rich',
        'webview-ui/conversation/view',
        'webview-ui/conversation/window',
        'webview-ui/shared',
        ...PAGE_CORE,
      ],
      packages: [],
      why: 'The timeline orders messages. It does not import the page around it.',
    },
  ],
  [
    {
      room: 'webview-ui/conversation/header',
      holds: 'name, status, totals',
      may: ['webview-ui/shared', ...PAGE_CORE],
      packages: [],
      why: 'The header draws facts. The page passes in everything else.',
    },
    {
      room: 'webview-ui/conversation/prompt',
      holds: 'prompt box and outbox',
      may: ['webview-ui/conversation/connection', 'webview-ui/conversation/view', 'webview-ui/shared', ...PAGE_CORE],
      packages: [],
      why: 'The prompt box works before the timeline has loaded.',
    },
    {
      room: 'webview-ui/conversation/parts',
      holds: 'text, tools, raw data',
      may: [
        'webview-ui/conversation/parts/tools',
        'webview-ui/conversation/rich',
        'webview-ui/conversation/view',
        'webview-ui/shared',
        ...PAGE_CORE,
      ],
      packages: [],
      why: 'A part draws itself and does not know its position.',
    },
    {
      room: 'webview-ui/conversation/files',
      holds: 'what the agent wrote',
      may: ['webview-ui/conversation/parts/tools', 'webview-ui/conversation/view', 'webview-ui/shared', ...PAGE_CORE],
      packages: [],
      why: 'The list of files draws changes as tool calls do and needs nothing else of the page.',
    },
  ],
  [
    {
      room: 'webview-ui/conversation/parts/tools',
      holds: 'cards of tool calls',
      may: ['webview-ui/conversation/rich', 'webview-ui/conversation/view', 'webview-ui/shared', ...PAGE_CORE],
      packages: [],
      why: 'Parts and the list of files both show tool calls, so this imports neither.',
    },
  ],
  [
    {
      room: 'webview-ui/conversation/view',
      holds: 'context, folds, clock',
      may: ['webview-ui/conversation/connection', 'webview-ui/conversation/rich', 'webview-ui/shared', ...PAGE_CORE],
      packages: [],
      why: 'Everything that is drawn needs this, so it imports none of it.',
    },
  ],
  [
    {
      room: 'webview-ui/conversation/connection',
      holds: 'messages to the panel',
      may: ['webview-ui/shared', ...PAGE_CORE],
      packages: [],
      why: 'The connection to the panel passes messages on and does not draw them.',
    },
    {
      room: 'webview-ui/conversation/rich',
      holds: 'Markdown and code',
      may: ['webview-ui/shared', ...PAGE_CORE],
      packages: ['dompurify', 'highlight.js', 'marked'],
      why: 'It draws Markdown and code safely. Only this room has libraries for that.',
    },
    {
      room: 'webview-ui/conversation/window',
      holds: 'which rows are drawn',
      may: ['webview-ui/shared', ...PAGE_CORE],
      packages: [],
      why: 'Which rows are drawn depends on their heights, not on their contents.',
    },
  ],
  [
    {
      room: 'webview-ui/shared',
      holds: 'elements, icons, menus',
      may: ['src/core/base', 'src/core/pages/texts', 'src/core/words'],
      packages: [],
      why: 'Every page can use these elements, so they import no page.',
    },
  ],
  [
    {
      room: 'webview-ui/shared/toolkit',
      holds: 'a bundle of its own',
      may: [],
      packages: ['@vscode/webview-ui-toolkit'],
      why: 'Only this file imports the toolkit.',
    },
  ],

  // Core: plain TypeScript, without VS Code and without the page.
  [
    {
      room: 'src/core/commandIds',
      holds: 'ids of commands',
      may: [],
      packages: [],
      why: 'The IDs of commands, for code that names a command without importing it.',
    },
    {
      room: 'src/core/stored',
      holds: 'reads stored state',
      may: ['src/core/pages/conversation', 'src/core/conversation/queue', 'src/core/base'],
      packages: ['zod'],
      why: 'Stored state can be old or damaged. Pages never import this room, because their policy reports zod.',
    },
    {
      room: 'src/core/pages/validation',
      holds: 'checks page messages',
      may: [
        'src/core/pages/channel',
        'src/core/pages/conversation',
        'src/core/conversation',
        'src/core/base',
        'src/core/words',
      ],
      packages: ['zod'],
      why: 'Panels check what pages send. Pages never import this room, because their policy reports zod.',
    },
  ],
  [
    {
      room: 'src/core/pages/texts',
      holds: 'keys of page texts',
      may: ['src/core/words'],
      packages: [],
      why: 'The keys of what pages say, for the pages and for the host that has the texts.',
    },
    {
      room: 'src/core/pages/conversation',
      holds: 'messages with the page',
      may: [
        'src/core/pages/channel',
        'src/core/conversation',
        'src/core/organization/status',
        'src/core/base',
        'src/core/words',
      ],
      packages: [],
      why: 'The messages of panel and page. The page loads it: no client, no zod, nothing of Node.',
    },
  ],
  [
    {
      room: 'src/core/pages/channel',
      holds: 'messages of every page',
      may: ['src/core/base'],
      packages: [],
      why: 'The messages that every page and its panel need. It imports no page.',
    },
  ],
  [
    {
      room: 'src/core/conversation/documents',
      holds: 'exports, comparison',
      may: [
        'src/core/conversation/files',
        'src/core/conversation/queue',
        'src/core/conversation/times',
        'src/core/conversation/toolCalls',
        'src/core/conversation/transcript',
        'src/core/organization/status',
        'src/core/secrets',
        ...UNDER_CONVERSATION,
      ],
      packages: [],
      why: 'Texts of a whole conversation. No other room of the conversation needs them.',
    },
    {
      room: 'src/core/conversation/find',
      holds: 'matching, filters',
      may: [
        'src/core/conversation/files',
        'src/core/conversation/times',
        'src/core/conversation/toolCalls',
        'src/core/conversation/transcript',
        ...UNDER_CONVERSATION,
      ],
      packages: [],
      why: 'Find reads a conversation. No other room of the conversation needs it.',
    },
  ],
  [
    {
      room: 'src/core/conversation/queue',
      holds: 'outbox, prompt queue',
      may: ['src/core/conversation/transcript', 'src/core/organization/status', ...UNDER_CONVERSATION],
      packages: [],
      why: 'The next prompt depends on the transcript and the status, not on tool calls or files.',
    },
    {
      room: 'src/core/conversation/times',
      holds: 'how long parts took',
      may: ['src/core/conversation/transcript', ...UNDER_CONVERSATION],
      packages: [],
      why: 'How long a part took depends only on the transcript.',
    },
    {
      room: 'src/core/conversation/files',
      holds: 'what the agent wrote',
      may: ['src/core/conversation/toolCalls', 'src/core/conversation/transcript', ...UNDER_CONVERSATION],
      packages: ['diff'],
      why: 'Files come from tool calls, not the other way round.',
    },
  ],
  [
    {
      room: 'src/core/conversation/toolCalls',
      holds: 'what a tool call says',
      may: ['src/core/conversation/transcript', ...UNDER_CONVERSATION],
      packages: [],
      why: 'The meaning of a tool call is in its part of the transcript.',
    },
    {
      room: 'src/core/agentFile',
      holds: 'agent as a document',
      may: [
        'src/core/markdownFile',
        'src/core/organization',
        'src/core/api',
        'src/core/secrets',
        'src/core/base',
        'src/core/words',
      ],
      packages: ['yaml', 'node:util'],
      why: 'An agent as a document needs no conversations and no prompts.',
    },
    {
      room: 'src/core/prompts',
      holds: 'prompt files',
      may: [
        'src/core/markdownFile',
        'src/core/organization',
        'src/core/api',
        'src/core/secrets',
        'src/core/base',
        'src/core/words',
      ],
      packages: ['yaml', 'node:crypto', 'node:util'],
      why: 'Prompt files need no conversations and no agent documents.',
    },
  ],
  [
    {
      room: 'src/core/conversation/transcript',
      holds: 'messages and parts',
      may: UNDER_CONVERSATION,
      packages: [],
      why: 'Every room of the conversation builds on messages and parts.',
    },
    {
      room: 'src/core/organization',
      holds: 'snapshot and store',
      may: ['src/core/organization/status', 'src/core/api', 'src/core/secrets', 'src/core/base', 'src/core/words'],
      packages: ['node:util'],
      why: 'The snapshot has what the client reads and does not know who shows it.',
    },
    {
      room: 'src/core/markdownFile',
      holds: 'front matter, places',
      may: ['src/core/base', 'src/core/words'],
      packages: ['yaml', 'vscode-languageserver-textdocument'],
      why: 'Front matter and positions in a text, for prompts and agents alike.',
    },
    {
      room: 'src/core/watch',
      holds: 'when to read next',
      may: ['src/core/api/errors', 'src/core/base'],
      packages: [],
      why: 'The next read depends on time and failures, not on what is read.',
    },
  ],
  [
    {
      room: 'src/core/api',
      holds: 'the client',
      may: ['src/core/api/model', 'src/core/secrets', 'src/core/base', 'src/core/words'],
      packages: ['axios', 'zod', 'node:*'],
      why: 'The client uses HTTP. It needs no other part of core than these.',
    },
    {
      room: 'src/core/organization/status',
      holds: 'what a status means',
      may: ['src/core/words'],
      packages: [],
      why: 'What a status means, for every view. The page uses it too, so it needs only words.',
    },
  ],
  [
    {
      room: 'src/core/api/model',
      holds: 'what the cloud has',
      may: [],
      packages: [],
      why: 'The types of agents, tasks and conversations. The page uses them too, so they import nothing.',
    },
    {
      room: 'src/core/secrets',
      holds: 'finds and hides keys',
      may: ['src/core/base'],
      packages: [],
      why: 'Finding and masking keys needs only plain values and texts.',
    },
  ],
  [
    {
      room: 'src/core/base',
      holds: 'limits, JSON, clocks',
      may: [],
      packages: [],
      why: 'Limits, JSON, clocks and events know nothing about agents.',
    },
    {
      room: 'src/core/words',
      holds: 'texts made harmless',
      may: [],
      packages: [],
      why: 'Texts for the user, and how they are made harmless. It knows nothing about agents.',
    },
  ],
];

/** Every room, from top to bottom. */
export const ROOMS = ROWS.flat();
