// @ts-check
// The architecture as data: the rooms of the code, and what each of them may import. Eslint holds every import against
// this table (scripts/lint/layers.mjs), and `npm run architecture` draws it (docs/architecture.svg).
//
// - A room is a folder, or one file named without its ending. A file belongs to the innermost room around it.
// - Rows go from top to bottom. A room imports only from rows below its own: so there are no circles between rooms.
// - A folder in `may` stands for everything in it.
// - `packages` names the packages a room may import; `node:*` stands for all of Node's own modules.

/**
 * @typedef {object} Room
 * @property {string} room
 * @property {string} holds what is in it, in a few words for the drawing
 * @property {readonly string[]} may rooms, folders of rooms, or single files
 * @property {readonly string[]} packages
 * @property {string} why says what the room is, as the reason why it may import no more
 */

/** What features may import. They meet in these rooms, never in each other. */
const UNDER_FEATURES = ['src/core', 'src/storage', 'src/tasks', 'src/ui'];

/** What every room of the conversation may import. From `api` it needs the model, not the client. */
const UNDER_CONVERSATION = ['src/core/api/model', 'src/core/base', 'src/core/words'];

/** The folders of core that the page may import: those that webview-ui/tsconfig.json lists. */
const PAGE_CORE = [
  'src/core/base',
  'src/core/conversation',
  'src/core/organization/status',
  'src/core/pages/channel',
  'src/core/pages/conversation',
  'src/core/words',
];

/** @type {readonly (readonly Room[])[]} */
export const ROWS = [
  // The extension: wiring first, then what the user does, then what features share.
  [
    {
      room: 'src/extension',
      holds: 'activate()',
      may: ['src/container', 'src/commands', 'src/account', 'src/core', 'src/texts', 'src/ui'],
      packages: ['vscode'],
      why: 'The start wires the container to VS Code and holds no decision.',
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
      why: 'The container makes every service; only the start knows it.',
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
      why: 'Commands get what they use from the container and never ask it.',
    },
  ],
  [
    {
      room: 'src/conversation',
      holds: 'loads on first use',
      may: ['src/conversation/panel', 'src/conversation/documents', 'src/conversation/live', ...UNDER_FEATURES],
      packages: ['vscode', 'node:path'],
      why: 'Panels, documents and memory of conversations meet here. Features do not import each other.',
    },
  ],
  [
    {
      room: 'src/account',
      holds: 'sign-in, sessions',
      may: ['src/sandbox', ...UNDER_FEATURES],
      packages: ['vscode', 'node:*', 'axios'],
      why: 'Features do not import each other, commands or the container. Only this one knows the sandbox.',
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
      may: ['src/conversation/documents', 'src/conversation/live', 'src/texts', ...UNDER_FEATURES],
      packages: ['vscode', 'node:*'],
      why: 'Features do not import each other, commands or the container. The panel knows the page by its messages only.',
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
      why: 'Documents outlive the panel, so they do not know it.',
    },
  ],
  [
    {
      room: 'src/conversation/live',
      holds: 'reading and sending',
      may: UNDER_FEATURES,
      packages: ['vscode', 'node:*'],
      why: 'Reading and sending go on without a panel or a document.',
    },
  ],
  [
    {
      room: 'src/tasks',
      holds: 'sends tasks carefully',
      may: ['src/core', 'src/ui'],
      packages: [],
      why: 'Several features and commands send tasks, so this knows none of them.',
    },
  ],
  [
    {
      room: 'src/sandbox',
      holds: 'a simulated cloud',
      may: ['src/core/api/model', 'src/core/base'],
      packages: ['node:*', 'axios'],
      why: 'The sandbox stands on core alone and runs without VS Code.',
    },
    {
      room: 'src/storage',
      holds: 'files of each window',
      may: ['src/core/base'],
      packages: ['node:*'],
      why: 'Storage keeps texts in files and knows nothing of what they are. It is tested without VS Code.',
    },
    {
      room: 'src/texts',
      holds: "core's texts",
      may: ['src/core/words'],
      packages: ['vscode'],
      why: 'The texts behind the message keys of core. Whoever says a message uses its key.',
    },
    {
      room: 'src/ui',
      holds: 'doors to VS Code',
      may: ['src/core'],
      packages: ['vscode'],
      why: 'ui serves the features and knows none of them.',
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
      why: 'The page uses its own rooms and the folders of core that its tsconfig lists. It never talks to VS Code or the network.',
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
      why: 'Find looks into the timeline; the timeline does not know that it is searched.',
    },
    {
      room: 'webview-ui/conversation/keyboard',
      holds: 'keys and shortcuts',
      may: ['webview-ui/conversation/timeline', 'webview-ui/shared', ...PAGE_CORE],
      packages: [],
      why: 'Keys move in the timeline; what they start is given to them by the page.',
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
      why: 'The timeline puts messages in order. It does not know the page around it.',
    },
  ],
  [
    {
      room: 'webview-ui/conversation/header',
      holds: 'name, status, totals',
      may: ['webview-ui/shared', ...PAGE_CORE],
      packages: [],
      why: 'The header draws facts. Everything else it is given.',
    },
    {
      room: 'webview-ui/conversation/prompt',
      holds: 'prompt box and outbox',
      may: ['webview-ui/conversation/connection', 'webview-ui/conversation/view', 'webview-ui/shared', ...PAGE_CORE],
      packages: [],
      why: 'The prompt box works before the timeline is there.',
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
      why: 'A part draws itself and does not know where it stands.',
    },
    {
      room: 'webview-ui/conversation/files',
      holds: 'what the agent wrote',
      may: ['webview-ui/conversation/parts/tools', 'webview-ui/conversation/view', 'webview-ui/shared', ...PAGE_CORE],
      packages: [],
      why: 'The list of files draws changes as tool calls do and knows nothing else of the page.',
    },
  ],
  [
    {
      room: 'webview-ui/conversation/parts/tools',
      holds: 'cards of tool calls',
      may: ['webview-ui/conversation/rich', 'webview-ui/conversation/view', 'webview-ui/shared', ...PAGE_CORE],
      packages: [],
      why: 'What a tool call shows is drawn for parts and for the list of files: it knows neither.',
    },
  ],
  [
    {
      room: 'webview-ui/conversation/view',
      holds: 'context, folds, clock',
      may: ['webview-ui/conversation/connection', 'webview-ui/conversation/rich', 'webview-ui/shared', ...PAGE_CORE],
      packages: [],
      why: 'What every drawn thing needs: it knows none of them.',
    },
  ],
  [
    {
      room: 'webview-ui/conversation/connection',
      holds: 'messages to the panel',
      may: ['webview-ui/shared', ...PAGE_CORE],
      packages: [],
      why: 'The line to the panel carries messages and does not know who draws them.',
    },
    {
      room: 'webview-ui/conversation/rich',
      holds: 'Markdown and code',
      may: ['webview-ui/shared', ...PAGE_CORE],
      packages: ['dompurify', 'highlight.js', 'marked'],
      why: 'Markdown and code, drawn safely; the only room with libraries for it.',
    },
    {
      room: 'webview-ui/conversation/window',
      holds: 'which rows are drawn',
      may: ['webview-ui/shared', ...PAGE_CORE],
      packages: [],
      why: 'Which rows are drawn depends on heights, not on what the rows are.',
    },
  ],
  [
    {
      room: 'webview-ui/shared',
      holds: 'elements, icons, menus',
      may: ['src/core/base', 'src/core/words'],
      packages: [],
      why: 'Elements that every page can use know no page.',
    },
  ],
  [
    {
      room: 'webview-ui/shared/toolkit',
      holds: 'a bundle of its own',
      may: [],
      packages: ['@vscode/webview-ui-toolkit'],
      why: 'The toolkit sits behind this one file.',
    },
  ],

  // Core: plain TypeScript, without VS Code and without the page.
  [
    {
      room: 'src/core/commandIds',
      holds: 'ids of commands',
      may: [],
      packages: [],
      why: 'The ids of commands, for whoever names a command without importing it.',
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
      why: 'What the panel and its page say to each other. The page loads it: no client, no zod, nothing of Node.',
    },
  ],
  [
    {
      room: 'src/core/pages/channel',
      holds: 'messages of every page',
      may: ['src/core/base'],
      packages: [],
      why: 'What every page and its panel need to talk. It knows no page.',
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
      why: 'Texts made of a whole conversation. Nothing in the conversation needs them.',
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
      why: 'Find reads what a conversation says. Nothing in the conversation needs it.',
    },
  ],
  [
    {
      room: 'src/core/conversation/queue',
      holds: 'outbox, prompt queue',
      may: ['src/core/conversation/transcript', 'src/core/organization/status', ...UNDER_CONVERSATION],
      packages: [],
      why: 'What is sent next depends on the transcript and on the status, and on no tool call or file.',
    },
    {
      room: 'src/core/conversation/times',
      holds: 'how long parts took',
      may: ['src/core/conversation/transcript', ...UNDER_CONVERSATION],
      packages: [],
      why: 'How long a part took depends on the transcript alone.',
    },
    {
      room: 'src/core/conversation/files',
      holds: 'what the agent wrote',
      may: ['src/core/conversation/toolCalls', 'src/core/conversation/transcript', ...UNDER_CONVERSATION],
      packages: ['diff'],
      why: 'Files come out of tool calls, not the other way round.',
    },
  ],
  [
    {
      room: 'src/core/conversation/toolCalls',
      holds: 'what a tool call says',
      may: ['src/core/conversation/transcript', ...UNDER_CONVERSATION],
      packages: [],
      why: 'What a tool call says is read from its part of the transcript.',
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
      why: 'An agent as a document: it has nothing to do with conversations or prompts.',
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
      why: 'Prompt files and what to deploy: they have nothing to do with conversations or agent documents.',
    },
  ],
  [
    {
      room: 'src/core/conversation/transcript',
      holds: 'messages and parts',
      may: UNDER_CONVERSATION,
      packages: [],
      why: 'Messages and parts are the ground of everything in the conversation.',
    },
    {
      room: 'src/core/organization',
      holds: 'snapshot and store',
      may: ['src/core/organization/status', 'src/core/api', 'src/core/secrets', 'src/core/base', 'src/core/words'],
      packages: ['node:util'],
      why: 'The snapshot holds what the client reads and does not know who shows it.',
    },
    {
      room: 'src/core/markdownFile',
      holds: 'front matter, places',
      may: ['src/core/base', 'src/core/words'],
      packages: ['yaml', 'vscode-languageserver-textdocument'],
      why: 'Front matter and places in a text: it knows neither prompts nor agents.',
    },
    {
      room: 'src/core/watch',
      holds: 'when to read next',
      may: ['src/core/api/errors', 'src/core/base'],
      packages: [],
      why: 'When to read next is decided by time and failures, not by what is read.',
    },
  ],
  [
    {
      room: 'src/core/api',
      holds: 'the client',
      may: ['src/core/api/model', 'src/core/secrets', 'src/core/base', 'src/core/words'],
      packages: ['axios', 'zod', 'node:*'],
      why: 'The client speaks HTTP. Everything else in core stands on it or beside it.',
    },
    {
      room: 'src/core/organization/status',
      holds: 'what a status means',
      may: ['src/core/words'],
      packages: [],
      why: 'What a status means, for every view: the page uses it too, so it needs words alone.',
    },
  ],
  [
    {
      room: 'src/core/api/model',
      holds: 'what the cloud has',
      may: [],
      packages: [],
      why: 'The shapes of agents, tasks and conversations: the page uses them too, so they stand on nothing.',
    },
    {
      room: 'src/core/secrets',
      holds: 'finds and hides keys',
      may: ['src/core/base'],
      packages: [],
      why: 'What finds and hides keys works on plain values and texts.',
    },
  ],
  [
    {
      room: 'src/core/base',
      holds: 'limits, JSON, clocks',
      may: [],
      packages: [],
      why: 'Limits, JSON, clocks, events: they know nothing of agents.',
    },
    {
      room: 'src/core/words',
      holds: 'texts made harmless',
      may: [],
      packages: [],
      why: 'How texts are said and made harmless: it knows nothing of agents.',
    },
  ],
];

/** Every room, from top to bottom. */
export const ROOMS = ROWS.flat();
