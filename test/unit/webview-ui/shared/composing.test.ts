import { describe, expect, it } from 'vitest';
import { isComposing } from '../../../../webview-ui/shared/composing';

const pressed = (event: Partial<KeyboardEvent>): KeyboardEvent =>
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- as in what is tested
  ({ isComposing: false, keyCode: 65, ...event }) as KeyboardEvent;

describe('isComposing', () => {
  it.each([
    ['a composed word', { isComposing: true }, true],
    ['an older input method, which sends the key code 229', { keyCode: 229 }, true],
    ['a plain key', {}, false],
  ])('tells %s', (_, event, expected) => {
    expect(isComposing(pressed(event))).toBe(expected);
  });
});
