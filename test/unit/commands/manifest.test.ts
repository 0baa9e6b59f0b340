import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMMAND_IDS, qualified } from '../../../src/core/commandIds';

interface Manifest {
  contributes: {
    commands: { command: string; title: string; category: string }[];
    menus: Record<string, { command: string }[]>;
    keybindings: { command: string; key: string; mac?: string; when: string; args?: unknown }[];
    configuration: { properties: Record<string, { scope: string; default: unknown }> };
    viewsWelcome: { contents: string; when: string }[];
    walkthroughs: { steps: { description: string; completionEvents?: string[] }[] }[];
  };
}
const texts = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>;
/** With the texts of `package.nls.json` in place of their keys, as VS Code reads it. */
const { contributes } = JSON.parse(readFileSync('package.json', 'utf8'), (_, value: unknown) =>
  typeof value === 'string' ? (texts[/^%(.+)%$/.exec(value)?.[1] ?? ''] ?? value) : value,
) as Manifest;
const ids = new Set(COMMAND_IDS.map((id) => qualified(id) as string));

describe('The manifest', () => {
  it('contributes every command of the typed list, and no other', () => {
    expect(new Set(contributes.commands.map(({ command }) => command))).toEqual(ids);
  });

  it('puts every command into the palette under one category', () => {
    expect(new Set(contributes.commands.map(({ category }) => category))).toEqual(new Set(['QuantConnect Agents']));
    const hidden = contributes.menus.commandPalette?.filter((item) => 'when' in item && item.when === 'false');
    expect(hidden).toEqual([]);
  });

  it('names only its own commands in menus, keys and welcome texts', () => {
    const named = [
      ...Object.values(contributes.menus)
        .flat()
        .map(({ command }) => command),
      ...contributes.keybindings.map(({ command }) => command),
      ...contributes.walkthroughs
        .flatMap(({ steps }) => steps)
        .flatMap(({ description, completionEvents = [] }) => [
          ...[...description.matchAll(/command:(quantAgents\.\w+)(?![\w.])/g)].map(([, id]) => id ?? ''),
          ...completionEvents.flatMap((event) =>
            event.startsWith('onCommand:quantAgents.') ? [event.slice('onCommand:'.length)] : [],
          ),
        ]),
      ...contributes.viewsWelcome.flatMap(({ contents }) =>
        [...contents.matchAll(/command:([\w.]+)/g)].map(([, id]) => id ?? ''),
      ),
    ];
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter((command) => !ids.has(command))).toEqual([]);
  });

  it('lets a key in the tree act on the selected row, as VS Code hands no row to a key', () => {
    const inTree = contributes.keybindings.filter(({ when }) => when.includes('focusedView == quantAgents.explorer'));
    expect(inTree.map(({ command }) => command.replace('quantAgents.', '')).sort()).toEqual([
      'deleteAgent',
      'deleteDeployment',
      'deleteTask',
      'renameAgent',
      'renameTask',
    ]);
    expect(inTree.filter(({ args }) => args !== 'selection')).toEqual([]);
  });

  it('binds a key only where the keyboard has no other use for it', () => {
    const guards = {
      // Deploying starts a run that costs money: not from a find widget, a chat, a notebook, a comment or a peek.
      deployPromptFile: [
        'editorTextFocus',
        '!findWidgetVisible',
        '!inChat',
        '!inlineChatFocused',
        '!notebookEditorFocused',
        '!commentEditorFocused',
        '!isInEmbeddedEditor',
        '!inReferenceSearchEditor',
        '!accessibleViewIsShown',
      ],
      tree: ['focusedView == quantAgents.explorer', 'listFocus', '!inputFocus'],
    };
    for (const { command, when } of contributes.keybindings) {
      const conditions = when.split(' && ');
      const needed = command === 'quantAgents.deployPromptFile' ? guards.deployPromptFile : guards.tree;
      expect(
        needed.filter((guard) => !conditions.includes(guard)),
        command,
      ).toEqual([]);
    }
  });

  it('binds a key in the tree to one kind of row each', () => {
    const uses = contributes.keybindings.map(
      ({ key, when }) => `${key} on ${/selection == '(\w+)'/.exec(when)?.[1] ?? 'a file'}`,
    );
    expect(new Set(uses).size).toBe(uses.length);
  });

  it('names the wrong setting where nobody can sign in, instead of offering it', () => {
    const welcome = contributes.viewsWelcome
      .filter(({ when }) => when.includes('signInProblem'))
      .map(({ contents }) => contents)
      .join('\n');
    expect(welcome).toContain('quantAgents.apiBaseUrl');
    expect(welcome).toContain('command:quantAgents.openSettings');
    expect(welcome).not.toContain('command:quantAgents.signIn');
  });

  it("keeps settings that touch network or identity out of a workspace's reach", () => {
    expect(contributes.configuration.properties['quantAgents.apiBaseUrl']).toMatchObject({
      scope: 'application',
      default: 'https://www.quantconnect.com/api/v2',
    });
  });
});
