/** The page's keyboard shortcuts. A new key needs a line in this list, which the user can open. */
import type { PageText } from '../../../src/core/pages/texts';

export interface Shortcut {
  /** Each entry is one way to do it, such as `Alt+Enter`, in the form that `keyNames` takes. */
  readonly keys: readonly string[];
  readonly does: PageText;
}

export interface ShortcutGroup {
  readonly title: PageText;
  readonly shortcuts: readonly Shortcut[];
}

export const SHORTCUTS: readonly ShortcutGroup[] = [
  {
    title: 'shortcuts.prompt',
    shortcuts: [
      { keys: ['Enter'], does: 'shortcut.send' },
      { keys: ['Alt+Enter'], does: 'shortcut.queue' },
      { keys: ['Shift+Enter'], does: 'shortcut.newLine' },
      { keys: ['Up', 'Down'], does: 'shortcut.prompts' },
      { keys: ['Esc'], does: 'shortcut.toMessages' },
    ],
  },
  {
    title: 'shortcuts.messages',
    shortcuts: [
      { keys: ['J', 'Alt+Down'], does: 'shortcut.nextMessage' },
      { keys: ['K', 'Alt+Up'], does: 'shortcut.previousMessage' },
      { keys: ['Home', 'End'], does: 'shortcut.ends' },
      { keys: ['E'], does: 'shortcut.toEnd' },
      { keys: ['Enter', 'Space'], does: 'shortcut.toggle' },
      { keys: [']', 'Right'], does: 'shortcut.openAll' },
      { keys: ['[', 'Left'], does: 'shortcut.closeAll' },
      { keys: ['C'], does: 'shortcut.copyMessage' },
      { keys: ['I', 'Esc'], does: 'shortcut.toPrompt' },
    ],
  },
  {
    title: 'shortcuts.find',
    shortcuts: [
      { keys: ['Enter', 'F3'], does: 'shortcut.nextMatch' },
      { keys: ['Shift+Enter', 'Shift+F3'], does: 'shortcut.previousMatch' },
      { keys: ['Alt+C'], does: 'shortcut.matchCase' },
      { keys: ['Alt+W'], does: 'shortcut.wholeWord' },
      { keys: ['Esc'], does: 'shortcut.closeFind' },
    ],
  },
  {
    title: 'shortcuts.everywhere',
    shortcuts: [
      { keys: ['Mod+F'], does: 'shortcut.find' },
      { keys: ['?'], does: 'shortcut.showList' },
    ],
  },
];
