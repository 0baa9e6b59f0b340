import { expect, it } from 'vitest';
import { isOpenableUrl } from '../../../../src/core/words/links';

it('only web and mail addresses may be opened', () => {
  expect(['https://a.b', 'http://a.b', 'mailto:a@b.c', 'HTTPS://A.B'].filter(isOpenableUrl)).toHaveLength(4);
  expect(
    [
      'javascript:alert(1)',
      ' javascript:alert(1)',
      'data:text/html,x',
      'command:x',
      'file:///x',
      'vscode:x',
      '//a.b',
      '#x',
      '',
    ].filter(isOpenableUrl),
  ).toEqual([]);
});
