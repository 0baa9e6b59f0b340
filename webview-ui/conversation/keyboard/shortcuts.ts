/** What the keyboard does in the page, as its list of shortcuts tells it. Who adds a key adds a line here. */

export interface Shortcut {
  /**
   * Each is one way to do it; keys that are pressed together stand in one, e.g. `Alt+Enter`; as `keyNames` takes them.
   */
  readonly keys: readonly string[];
  readonly does: string;
}

export interface ShortcutGroup {
  readonly title: string;
  readonly shortcuts: readonly Shortcut[];
}

export const SHORTCUTS: readonly ShortcutGroup[] = [
  {
    title: 'In the prompt box',
    shortcuts: [
      { keys: ['Enter'], does: 'Send now' },
      { keys: ['Alt+Enter'], does: 'Queue until the run is done' },
      { keys: ['Shift+Enter'], does: 'New line' },
      { keys: ['Up', 'Down'], does: 'Older and newer own prompts' },
      { keys: ['Esc'], does: 'To the messages' },
    ],
  },
  {
    title: 'In the messages',
    shortcuts: [
      { keys: ['J', 'Alt+Down'], does: 'Next message, or prompt on its way' },
      { keys: ['K', 'Alt+Up'], does: 'Previous message, or prompt on its way' },
      { keys: ['Home', 'End'], does: 'First and last message' },
      { keys: ['E'], does: 'To the end' },
      { keys: ['Enter', 'Space'], does: 'Open or close what is focused' },
      { keys: [']', 'Right'], does: 'Open all parts of the message' },
      { keys: ['[', 'Left'], does: 'Close all parts of the message' },
      { keys: ['C'], does: 'Copy the message' },
      { keys: ['I', 'Esc'], does: 'To the prompt box' },
    ],
  },
  {
    title: 'Find',
    shortcuts: [
      { keys: ['Enter', 'F3'], does: 'Next match' },
      { keys: ['Shift+Enter', 'Shift+F3'], does: 'Previous match' },
      { keys: ['Alt+C'], does: 'Match case' },
      { keys: ['Alt+W'], does: 'Whole word' },
      { keys: ['Esc'], does: 'Close, then show everything again' },
    ],
  },
  {
    title: 'Everywhere',
    shortcuts: [
      { keys: ['Mod+F'], does: 'Find and filter' },
      { keys: ['?'], does: 'Show this list (not while typing)' },
    ],
  },
];
