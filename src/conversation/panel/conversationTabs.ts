import * as vscode from 'vscode';
import { readOpenPanels } from '../../core/stored/workspaceState';
import { PANEL_TYPE } from './panelIds';

const OPEN_PANELS = 'quantAgents.openPanels';
const MAX_OPEN_PANELS = 200;
/** VS Code has one command per group, by the column it stands in. */
const FOCUS_GROUP: readonly (() => Thenable<unknown>)[] = [
  () => vscode.commands.executeCommand('workbench.action.focusFirstEditorGroup'),
  () => vscode.commands.executeCommand('workbench.action.focusSecondEditorGroup'),
  () => vscode.commands.executeCommand('workbench.action.focusThirdEditorGroup'),
  () => vscode.commands.executeCommand('workbench.action.focusFourthEditorGroup'),
  () => vscode.commands.executeCommand('workbench.action.focusFifthEditorGroup'),
  () => vscode.commands.executeCommand('workbench.action.focusSixthEditorGroup'),
  () => vscode.commands.executeCommand('workbench.action.focusSeventhEditorGroup'),
  () => vscode.commands.executeCommand('workbench.action.focusEighthEditorGroup'),
];

type OpenPanel = readonly [deploymentId: string, title: string];

/**
 * Finds the tabs of conversations that this extension host has no panel for: those that VS Code has not restored yet,
 * and those whose extension host died.
 * VS Code tells of a tab no more than its title, so the titles of the open panels are remembered.
 */
export class ConversationTabs {
  constructor(private readonly memento: vscode.Memento) {}

  panelOpened(deploymentId: string, title: string): void {
    const others = this.remembered().filter(([id]) => id !== deploymentId);
    void this.memento.update(OPEN_PANELS, [...others, [deploymentId, title]].slice(-MAX_OPEN_PANELS));
  }

  panelClosed(deploymentId: string): void {
    const others = this.remembered().filter(([id]) => id !== deploymentId);
    void this.memento.update(OPEN_PANELS, others.length === 0 ? undefined : others);
  }

  /**
   * The tab of a deployment that has no panel here. Undefined: there is none, or its title leaves more than one
   * possible.
   * @param live the deployments that have a panel here.
   */
  tabOf(deploymentId: string, live: ReadonlySet<string>): vscode.Tab | undefined {
    const remembered = this.remembered();
    const title = remembered.find(([id]) => id === deploymentId)?.[1];
    if (title === undefined) return undefined;
    const tabs = conversationTabs().filter(({ label }) => label === title);
    const others = remembered.filter(([id, other]) => other === title && id !== deploymentId && !live.has(id));
    const liveCount = remembered.filter(([id, other]) => other === title && live.has(id)).length;
    return others.length === 0 && liveCount === 0 && tabs.length === 1 ? tabs[0] : undefined;
  }

  /**
   * Brings a tab to the front. VS Code then restores its panel, or the page finds out that its extension host is gone
   * and says so.
   */
  async reveal(tab: vscode.Tab): Promise<boolean> {
    const focusGroup = FOCUS_GROUP[tab.group.viewColumn - 1];
    const index = tab.group.tabs.indexOf(tab);
    if (focusGroup === undefined || index < 0) return false;
    await focusGroup();
    await vscode.commands.executeCommand('workbench.action.openEditorAtIndex', index);
    return true;
  }

  private remembered(): readonly OpenPanel[] {
    return readOpenPanels(this.memento.get<unknown>(OPEN_PANELS));
  }
}

/** The conversation's tab that is in front; undefined where something else is. */
export function tabInFront(): vscode.Tab | undefined {
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  return tab && isConversation(tab) ? tab : undefined;
}

function conversationTabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(isConversation);
}

/** VS Code puts a prefix before the type that the extension gave. */
function isConversation({ input }: vscode.Tab): boolean {
  return input instanceof vscode.TabInputWebview && input.viewType.endsWith(PANEL_TYPE);
}
