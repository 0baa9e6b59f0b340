import { describe, expect, it } from 'vitest';
import type { CleanUpStep } from '../../../../src/core/agentFile/cleanUp';
import { UserText, type SaveOrder } from '../../../../src/core/agentFile/userText';

const ALL: ReadonlySet<CleanUpStep> = new Set(['blanks', 'finalLineBreak', 'furtherLineBreaks']);
const CLEANS = { steps: ALL, formats: false };

/** A save as VS Code does it: announced first, or cleaned up first. */
function save(
  user: UserText,
  order: 'announcesFirst' | 'cleansFirst',
  texts: readonly [string, ...string[]],
  settings = CLEANS,
): string {
  if (order === 'announcesFirst') user.announced(texts[0]);
  for (const text of texts.slice(1)) user.changed(text);
  const last = texts.at(-1) ?? '';
  if (order === 'cleansFirst') user.announced(last);
  return user.written(last, settings);
}

describe.each(['announcesFirst', 'cleansFirst'] as const)('UserText, where VS Code %s', (order) => {
  const opened = (text: string, known: SaveOrder = { announcesFirst: false }): UserText => new UserText(text, known);

  it('gives what was written before the editor cleaned up', () => {
    const user = opened('Break  \nEnd');
    expect(save(user, order, ['Break  \nEnd', 'Break\nEnd', 'Break\nEnd\n'])).toBe('Break  \nEnd');
  });

  it('gives the text itself where nothing was cleaned up', () => {
    const user = opened('a');
    user.changed('ab');
    expect(save(user, order, ['ab'])).toBe('ab');
  });

  it('keeps blanks that the user took from one line of several', () => {
    const user = opened('One  \nTwo  \n');
    user.changed('One\nTwo  \n');
    expect(save(user, order, ['One\nTwo  \n', 'One\nTwo\n'])).toBe('One\nTwo  \n');
  });

  it('keeps what the user trimmed by hand, down to the last blank', () => {
    const user = opened('One  \n');
    user.changed('One\n');
    user.touched();
    expect(save(user, order, ['One\n'])).toBe('One\n');
  });

  it('keeps a text in which the user typed while it was saved', () => {
    const user = opened('One  \n');
    user.announced('One  \n');
    user.changed('One\n');
    user.changed('One!\n');
    user.touched();
    expect(user.written('One!\n', CLEANS)).toBe('One!\n');
  });

  it('takes nothing for a clean-up that no setting asks for', () => {
    const user = opened('One  \n');
    user.changed('One\n');
    user.announced('One\n');
    expect(user.written('One\n', { steps: new Set(), formats: false })).toBe('One\n');
  });

  it('remembers the clean-up of a save that failed', () => {
    const user = opened('Break  \nEnd');
    expect(save(user, order, ['Break  \nEnd', 'Break\nEnd'])).toBe('Break  \nEnd');
    expect(save(user, order, ['Break\nEnd'])).toBe('Break  \nEnd');
    user.changed('Break\nEnd, and more');
    expect(save(user, order, ['Break\nEnd, and more'])).toBe('Break  \nEnd, and more');
  });

  it('forgets the clean-up when the document shows again what was written', () => {
    const user = opened('Break  \nEnd');
    save(user, order, ['Break  \nEnd', 'Break\nEnd']);
    user.changed('Break  \nEnd');
    user.changed('Break\nEnd!');
    user.touched();
    expect(save(user, order, ['Break\nEnd!'])).toBe('Break\nEnd!');
  });
});

describe('UserText, where a formatter runs', () => {
  it('gives what was written before it, if VS Code announced the save first', () => {
    const user = new UserText('* a', { announcesFirst: false });
    expect(save(user, 'announcesFirst', ['* a', '- a\n'], { steps: new Set(), formats: true })).toBe('* a');
  });

  it("gives the formatted text where it is the user's command", () => {
    const user = new UserText('* a', { announcesFirst: false });
    user.changed('- a\n');
    expect(save(user, 'announcesFirst', ['- a\n'], { steps: new Set(), formats: true })).toBe('- a\n');
  });
});

describe('UserText, once the order is known', () => {
  it('leaves a trimmed line to the user where VS Code cleans up after its announcement', () => {
    const order = { announcesFirst: false };
    save(new UserText('a  ', order), 'announcesFirst', ['a  ', 'a']);
    const user = new UserText('One  \n', order);
    user.changed('One\n');
    expect(save(user, 'announcesFirst', ['One\n'])).toBe('One\n');
  });
});
