export const PANEL_TYPE = 'quantAgents.conversation';

/** The titles of the open panels, in the workspace memento. */
export const OPEN_PANELS = 'quantAgents.openPanels';

/**
 * The commands that links in the page may run, each after a click by the user. Messages of a page whose extension host
 * is gone reach nobody, but VS Code still runs these. Links in the conversation itself never get this far: the page
 * lets only web and mail addresses through.
 */
export const PAGE_COMMANDS = {
  reconnect: 'quantAgents.takeOverConversation',
  reloadWindow: 'workbench.action.reloadWindow',
} as const;
