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
 * @property {readonly string[]} may rooms, folders of rooms, or single files
 * @property {readonly string[]} packages
 * @property {string} why says what the room is, as the reason why it may import no more
 */

/** What features may import. They meet in these rooms, never in each other. */
const UNDER_FEATURES = ['src/core', 'src/storage', 'src/tasks', 'src/ui'];

/** What every room of the conversation may import. From `api` it needs the types of a conversation, not the client. */
const UNDER_CONVERSATION = ['src/core/api/model', 'src/core/base', 'src/core/words'];

/** The folders of core that the page may import: those that webview-ui/tsconfig.json lists. */
const PAGE_CORE = [
  'src/core/base',
  'src/core/conversation',
  'src/core/organization/status',
  'src/core/pages',
  'src/core/words',
];

/** @type {readonly (readonly Room[])[]} */
export const ROWS = [
  // The extension: wiring first, then what the user does, then what features share.
  [
    {
      room: 'src/extension',
      may: ['src/container', 'src/commands', 'src/account', 'src/core', 'src/ui'],
      packages: ['vscode'],
      why: 'The start wires the container to VS Code and holds no decision.',
    },
  ],
  [
    {
      room: 'src/container',
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
      may: ['src/conversation/panel', 'src/conversation/documents', 'src/conversation/live', ...UNDER_FEATURES],
      packages: ['vscode', 'node:path'],
      why: 'Panels, documents and memory of conversations meet here. Features do not import each other.',
    },
  ],
  [
    {
      room: 'src/account',
      may: ['src/sandbox', ...UNDER_FEATURES],
      packages: ['vscode', 'node:*', 'axios'],
      why: 'Features do not import each other, commands or the container. Only this one knows the sandbox.',
    },
    {
      room: 'src/explorer',
      may: UNDER_FEATURES,
      packages: ['vscode'],
      why: 'Features do not import each other, commands or the container.',
    },
    {
      room: 'src/conversation/panel',
      may: ['src/conversation/documents', 'src/conversation/live', ...UNDER_FEATURES],
      packages: ['vscode', 'node:*'],
      why: 'Features do not import each other, commands or the container. The panel knows the page by its messages only.',
    },
    {
      room: 'src/prompts',
      may: UNDER_FEATURES,
      packages: ['vscode'],
      why: 'Features do not import each other, commands or the container.',
    },
    {
      room: 'src/agentDocuments',
      may: UNDER_FEATURES,
      packages: ['vscode', 'node:*'],
      why: 'Features do not import each other, commands or the container.',
    },
  ],
  [
    {
      room: 'src/conversation/documents',
      may: ['src/conversation/live', ...UNDER_FEATURES],
      packages: ['vscode'],
      why: 'Documents outlive the panel, so they do not know it.',
    },
  ],
  [
    {
      room: 'src/conversation/live',
      may: UNDER_FEATURES,
      packages: ['vscode', 'node:*'],
      why: 'Reading and sending go on without a panel or a document.',
    },
  ],
  [
    {
      room: 'src/tasks',
      may: ['src/core', 'src/ui'],
      packages: [],
      why: 'Several features and commands send tasks, so this knows none of them.',
    },
  ],
  [
    {
      room: 'src/sandbox',
      may: ['src/core/api', 'src/core/base'],
      packages: ['node:*', 'axios'],
      why: 'The sandbox stands on core alone and runs without VS Code.',
    },
    {
      room: 'src/storage',
      may: ['src/core/base'],
      packages: ['node:*'],
      why: 'Storage keeps texts in files and knows nothing of what they are. It is tested without VS Code.',
    },
    {
      room: 'src/ui',
      may: ['src/core'],
      packages: ['vscode'],
      why: 'ui serves the features and knows none of them.',
    },
  ],

  // The page in the panel.
  [
    {
      room: 'webview-ui/conversation',
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
      may: ['webview-ui/conversation/timeline', 'webview-ui/shared', ...PAGE_CORE],
      packages: [],
      why: 'Keys move in the timeline; what they start is given to them by the page.',
    },
  ],
  [
    {
      room: 'webview-ui/conversation/timeline',
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
      may: ['webview-ui/shared', ...PAGE_CORE],
      packages: [],
      why: 'The header draws facts. Everything else it is given.',
    },
    {
      room: 'webview-ui/conversation/prompt',
      may: ['webview-ui/conversation/connection', 'webview-ui/conversation/view', 'webview-ui/shared', ...PAGE_CORE],
      packages: [],
      why: 'The prompt box works before the timeline is there.',
    },
    {
      room: 'webview-ui/conversation/parts',
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
      may: ['webview-ui/conversation/parts/tools', 'webview-ui/conversation/view', 'webview-ui/shared', ...PAGE_CORE],
      packages: [],
      why: 'The list of files draws changes as tool calls do and knows nothing else of the page.',
    },
  ],
  [
    {
      room: 'webview-ui/conversation/parts/tools',
      may: ['webview-ui/conversation/rich', 'webview-ui/conversation/view', 'webview-ui/shared', ...PAGE_CORE],
      packages: [],
      why: 'What a tool call shows is drawn for parts and for the list of files: it knows neither.',
    },
  ],
  [
    {
      room: 'webview-ui/conversation/view',
      may: ['webview-ui/conversation/connection', 'webview-ui/conversation/rich', 'webview-ui/shared', ...PAGE_CORE],
      packages: [],
      why: 'What every drawn thing needs: it knows none of them.',
    },
  ],
  [
    {
      room: 'webview-ui/conversation/connection',
      may: ['webview-ui/shared', ...PAGE_CORE],
      packages: [],
      why: 'The line to the panel carries messages and does not know who draws them.',
    },
    {
      room: 'webview-ui/conversation/rich',
      may: ['webview-ui/shared', ...PAGE_CORE],
      packages: ['dompurify', 'highlight.js', 'marked'],
      why: 'Markdown and code, drawn safely; the only room with libraries for it.',
    },
    {
      room: 'webview-ui/conversation/window',
      may: ['webview-ui/shared', ...PAGE_CORE],
      packages: [],
      why: 'Which rows are drawn depends on heights, not on what the rows are.',
    },
  ],
  [
    {
      room: 'webview-ui/shared',
      may: ['webview-ui/shared/toolkit', 'src/core/base', 'src/core/words'],
      packages: [],
      why: 'Elements that every page can use know no page.',
    },
  ],
  [
    {
      room: 'webview-ui/shared/toolkit',
      may: [],
      packages: ['@vscode/webview-ui-toolkit'],
      why: 'The toolkit sits behind this one file.',
    },
  ],

  // Core: plain TypeScript, without VS Code and without the page.
  [
    {
      room: 'src/core/pages/conversation',
      may: ['src/core/conversation', 'src/core/organization/status', 'src/core/base', 'src/core/words'],
      packages: [],
      why: 'What the panel and its page say to each other. The page loads it: no client, no zod, nothing of Node.',
    },
  ],
  [
    {
      room: 'src/core/conversation/documents',
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
      may: ['src/core/conversation/transcript', 'src/core/organization/status', ...UNDER_CONVERSATION],
      packages: [],
      why: 'What is sent next depends on the transcript and on the status, and on no tool call or file.',
    },
    {
      room: 'src/core/conversation/times',
      may: ['src/core/conversation/transcript', ...UNDER_CONVERSATION],
      packages: [],
      why: 'How long a part took depends on the transcript alone.',
    },
    {
      room: 'src/core/conversation/files',
      may: ['src/core/conversation/toolCalls', 'src/core/conversation/transcript', ...UNDER_CONVERSATION],
      packages: [],
      why: 'Files come out of tool calls, not the other way round.',
    },
  ],
  [
    {
      room: 'src/core/conversation/toolCalls',
      may: ['src/core/conversation/transcript', ...UNDER_CONVERSATION],
      packages: [],
      why: 'What a tool call says is read from its part of the transcript.',
    },
    {
      room: 'src/core/agentFile',
      may: ['src/core/organization', 'src/core/api', 'src/core/secrets', 'src/core/base', 'src/core/words'],
      packages: ['yaml', 'node:util'],
      why: 'An agent as a document: it has nothing to do with conversations or prompts.',
    },
    {
      room: 'src/core/prompts',
      may: ['src/core/organization', 'src/core/api', 'src/core/secrets', 'src/core/base', 'src/core/words'],
      packages: ['yaml', 'node:crypto', 'node:util'],
      why: 'Prompt files and what to deploy: they have nothing to do with conversations or agent documents.',
    },
  ],
  [
    {
      room: 'src/core/conversation/transcript',
      may: UNDER_CONVERSATION,
      packages: [],
      why: 'Messages and parts are the ground of everything in the conversation.',
    },
    {
      room: 'src/core/organization',
      may: ['src/core/organization/status', 'src/core/api', 'src/core/secrets', 'src/core/base', 'src/core/words'],
      packages: ['node:util'],
      why: 'The snapshot holds what the client reads and does not know who shows it.',
    },
    {
      room: 'src/core/watch',
      may: ['src/core/api/errors', 'src/core/base'],
      packages: [],
      why: 'When to read next is decided by time and failures, not by what is read.',
    },
  ],
  [
    {
      room: 'src/core/api',
      may: ['src/core/secrets', 'src/core/base', 'src/core/words'],
      packages: ['axios', 'zod', 'node:*'],
      why: 'The client speaks HTTP. Everything else in core stands on it or beside it.',
    },
    {
      room: 'src/core/organization/status',
      may: [],
      packages: [],
      why: 'What a status means, for every view: the page uses it too, so it stands on nothing.',
    },
  ],
  [
    {
      room: 'src/core/secrets',
      may: ['src/core/base'],
      packages: [],
      why: 'What finds and hides keys works on plain values and texts.',
    },
    {
      room: 'src/core/commandIds',
      may: [],
      packages: [],
      why: 'The ids of commands, for whoever names a command without importing it.',
    },
  ],
  [
    {
      room: 'src/core/base',
      may: [],
      packages: [],
      why: 'Limits, JSON, clocks, events: they know nothing of agents.',
    },
    {
      room: 'src/core/words',
      may: [],
      packages: [],
      why: 'How texts are said and made harmless: it knows nothing of agents.',
    },
  ],
];

/** Every room, from top to bottom. */
export const ROOMS = ROWS.flat();
