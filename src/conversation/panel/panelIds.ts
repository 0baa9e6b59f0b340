export const PANEL_TYPE = 'quantAgents.conversation';

/** The titles of the open panels, in the workspace memento. */
export const OPEN_PANELS = 'quantAgents.openPanels';

/**
 * The commands that links in the page may run, each after a click by the user. When the extension host is gone,
 * messages from the page reach nobody, but VS Code still runs these commands. Links in the conversation itself cannot
 * use them: the page opens only web and mail addresses.
 */
export const PAGE_COMMANDS = {
  reconnect: 'quantAgents.takeOverConversation',
  reloadWindow: 'workbench.action.reloadWindow',
} as const;
