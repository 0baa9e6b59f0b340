import * as vscode from 'vscode';
import { readOpenPanels } from '../core/stored/workspaceState';

const MAX_OPEN_PANELS = 200;
/** VS Code has one command per editor group, numbered by the group's column. */
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

type OpenPanel = readonly [id: string, title: string];

/**
 * Finds the tabs of pages that this extension host has no panel for: VS Code has not restored them yet, or their
 * extension host died. VS Code gives only the title of such a tab, so we remember the titles of the open panels. An
 * `id` names what a panel shows, such as a deployment.
 */
export class PanelTabs {
  /**
   * @param viewType the type of the panels.
   * @param storageKey where the titles are in the memento.
   */
  constructor(
    private readonly memento: vscode.Memento,
    private readonly viewType: string,
    private readonly storageKey: string,
  ) {}

  panelOpened(id: string, title: string): void {
    const others = this.remembered().filter(([other]) => other !== id);
    void this.memento.update(this.storageKey, [...others, [id, title]].slice(-MAX_OPEN_PANELS));
  }

  panelClosed(id: string): void {
    const others = this.remembered().filter(([other]) => other !== id);
    void this.memento.update(this.storageKey, others.length === 0 ? undefined : others);
  }

  /**
   * The tab of a panel that is not here. Undefined: there is none, or several tabs have its title.
   * @param here the ids of the panels that are here.
   */
  tabOf(id: string, here: ReadonlySet<string>): vscode.Tab | undefined {
    const remembered = this.remembered();
    const title = remembered.find(([other]) => other === id)?.[1];
    if (title === undefined) return undefined;
    const tabs = vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter((tab) => this.isOurs(tab) && tab.label === title);
    const namesakes = remembered.filter(
      ([other, otherTitle]) => otherTitle === title && (other !== id || here.has(other)),
    );
    return namesakes.length === 0 && tabs.length === 1 ? tabs[0] : undefined;
  }

  /** The tab in front, if it is one of these panels. */
  get inFront(): vscode.Tab | undefined {
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    return tab && this.isOurs(tab) ? tab : undefined;
  }

  /**
   * Brings a tab to the front. VS Code then restores its panel, or the page notices that its extension host is gone and
   * says so.
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
    return readOpenPanels(this.memento.get<unknown>(this.storageKey));
  }

  /** VS Code puts a prefix before the type that the extension gave. */
  private isOurs({ input }: vscode.Tab): boolean {
    return input instanceof vscode.TabInputWebview && input.viewType.endsWith(this.viewType);
  }
}
