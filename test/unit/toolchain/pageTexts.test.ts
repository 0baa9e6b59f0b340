import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { noTextInPage } from '../../../scripts/lint/pageTexts.mjs';

function problems(code: string): readonly (string | undefined)[] {
  const plugins = { page: { rules: { 'no-text': noTextInPage } } };
  return new Linter()
    .verify(code, [{ plugins, rules: { 'page/no-text': 'error' } }])
    .map(({ messageId, message }) => messageId ?? message);
}

describe('The rule against texts in a page', () => {
  it.each([
    "el('p', {}, 'none');",
    "el('p', {}, isOld && 'old');",
    "el('p', {}, isOld ? text('old') : 'new');",
    "el('p', {}, problem ?? 'failed');",
    "el('p', {}, ...['one', other]);",
    "el('p', {}, `in ${place}`);",
    "el('p', {}, 'in ' + place);",
    "el('button', { 'aria-label': 'close' });",
    "el('button', { title: `close ${name}` });",
    "setAttribute(button, 'title', isOn ? 'off' : text('on'));",
    "button.setAttribute('aria-label', 'close');",
    "input.placeholder = 'search';",
    "line.textContent = 'done';",
    "setText(line, 'done');",
    "button('stop', press);",
    "iconButton('cross', 'close', press);",
    "badge('LIVE', title);",
    "menuButton('more', text('menu.more'), [{ label: 'export', run }]);",
    "this.announcer.tell('copied');",
    "document.createTextNode('or');",
    "const LABELS = { all: 'All' };",
    "const WORDS = ['Waiting in the queue'];",
    "const searching = 'searching…';",
    'const title = `Step ${number}`;',
  ])('finds %s', (code) => {
    expect(problems(code)).toEqual(['text']);
  });

  it.each([
    "el('p', { class: 'muted told', role: 'status' }, text('find.none'));",
    "el('p', {}, `+${count}`, ' · ', count > 0 ? '' : '0');",
    "el('p', {}, state === 'held' && text('outbox.held'));",
    "setAttribute(button, 'aria-expanded', 'true');",
    "iconButton('cross', text('close'), press);",
    "const SHORTCUTS = [{ keys: ['Alt+Enter', 'F3', 'Esc', 'Mod+F', 'Shift+F3', 'J'], title: 'shortcut.group', does: 'shortcut.send' }];",
    "if (event.key === 'ArrowDown') move();",
    "const isMac = navigator.userAgent.includes('Macintosh');",
    "switch (key) { case 'Home': move(); }",
    "throw new Error('There is no such row.');",
    "import { find } from 'Find';",
    "host.post({ type: 'openToolText' });",
    "element.querySelector('.fold-body > pre');",
    "const path = 'M3.2 8.6 6.4 11.8';",
  ])('leaves alone %s', (code) => {
    expect(problems(code)).toEqual([]);
  });
});
