import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFromPage } from '../../../../../src/core/pages/validation/conversationMessages';
import { MAX_COPY_LENGTH, MAX_TEXT_LENGTH, type FromPage } from '../../../../../src/core/pages/conversation/protocol';

describe('what the page sends', () => {
  it.each<FromPage>([
    { type: 'ready' },
    { type: 'resync' },
    { type: 'stop' },
    { type: 'draft', text: '' },
    { type: 'draft', text: 'Now', earlierDrafts: ['Before', 'Then'] },
    { type: 'send', clientId: 'a-1', text: 'Go' },
    { type: 'queue', clientId: 'a-1', text: 'Go' },
    { type: 'sendNow', clientId: 'a-1' },
    { type: 'resumeQueue' },
    { type: 'readingPosition' },
    { type: 'readingPosition', position: { messageId: 'm/0', offset: -3.5 } },
    { type: 'takeBack', clientId: 'a-1' },
    { type: 'sendAgain', clientId: 'a-1' },
    { type: 'action', action: 'retry' },
    { type: 'action', action: 'switchOrganization' },
    { type: 'openLink', url: 'https://example.com/a' },
    { type: 'openLink', url: 'mailto:a@example.com' },
    { type: 'copy', text: 'x' },
    { type: 'openToolText', messageId: 'm/0/a', partIndex: 3, side: 'output' },
    { type: 'pageError', message: 'TypeError' },
    { type: 'file', action: 'open', messageId: 'm', partIndex: 0 },
    { type: 'file', action: 'diff', messageId: 'm', partIndex: 2 },
    { type: 'file', action: 'save', messageId: 'm', partIndex: 2 },
    { type: 'saveAllFiles' },
    { type: 'wholeConversation', action: 'export' },
    { type: 'wholeConversation', action: 'transcript' },
    { type: 'wholeConversation', action: 'compare' },
    { type: 'copy', text: 'x'.repeat(MAX_TEXT_LENGTH + 1) },
  ])('$type is taken as it is', (message) => {
    expect(parseFromPage(message)).toEqual(message);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['a text', 'ready'],
    ['a list', ['ready']],
    ['an unknown type', { type: 'eval' }],
    ['a name of Object.prototype', { type: 'constructor' }],
    ['an empty prompt', { type: 'send', clientId: 'a', text: ' \n' }],
    ['a prompt without an id', { type: 'send', text: 'x' }],
    ['an id that is none', { type: 'takeBack', clientId: '../a' }],
    ['a draft that is no text', { type: 'draft', text: 1 }],
    ['a text beyond the cap', { type: 'draft', text: 'x'.repeat(MAX_TEXT_LENGTH + 1) }],
    ['an unknown action', { type: 'action', action: 'toString' }],
    ['a script as a link', { type: 'openLink', url: 'javascript:alert(1)' }],
    ['a command as a link', { type: 'openLink', url: 'command:workbench.action.quit' }],
    ['a file as a link', { type: 'openLink', url: 'file:///etc/passwd' }],
    ['VS Code itself as a link', { type: 'openLink', url: 'vscode://x/y' }],
    ['a path as a link', { type: 'openLink', url: '/a' }],
    ['a part before the first', { type: 'openToolText', messageId: 'm', partIndex: -1, side: 'input' }],
    ['half a part', { type: 'openToolText', messageId: 'm', partIndex: 0.5, side: 'input' }],
    ['an unknown thing to do with a file', { type: 'file', action: 'delete', messageId: 'm', partIndex: 0 }],
    ['a file of no call', { type: 'file', action: 'open', messageId: 'm' }],
    ['a file of half a part', { type: 'file', action: 'open', messageId: 'm', partIndex: 0.5 }],
    ['an unknown thing to take along', { type: 'wholeConversation', action: 'constructor' }],
    ['a copy beyond its cap', { type: 'copy', text: 'x'.repeat(MAX_COPY_LENGTH + 1) }],
    ['a third side', { type: 'openToolText', messageId: 'm', partIndex: 0, side: 'both' }],
    ['an empty prompt for the queue', { type: 'queue', clientId: 'a', text: ' ' }],
    ['a place nowhere', { type: 'readingPosition', position: { messageId: 'm', offset: Number.NaN } }],
    ['a place of nothing', { type: 'readingPosition', position: { offset: 1 } }],
    ['a place that is none', { type: 'readingPosition', position: null }],
  ])('%s is refused', (_name, value) => {
    expect(parseFromPage(value)).toBeUndefined();
  });

  it('brings nothing along that is not in the contract', () => {
    expect(parseFromPage({ type: 'draft', text: 'x', extra: 'y', clientId: 'z' })).toEqual({
      type: 'draft',
      text: 'x',
    });
  });

  it.each<[string, unknown, readonly string[]]>([
    ['is not text', ['One', 1, null, ' ', 'Two'], ['One', 'Two']],
    ['is no list', 'One', []],
    ['is too long, and what is older', ['Old', 'x'.repeat(MAX_TEXT_LENGTH), 'New'], ['New']],
  ])('is a draft also where what it displaced %s: that is left out', (_name, asides, expected) => {
    expect(parseFromPage({ type: 'draft', text: 'x', earlierDrafts: asides })).toEqual({
      type: 'draft',
      text: 'x',
      ...(expected.length > 0 && { earlierDrafts: expected }),
    });
  });

  it('is cut where it is a report', () => {
    expect(parseFromPage({ type: 'pageError', message: 'x'.repeat(9_999) })).toEqual({
      type: 'pageError',
      message: 'x'.repeat(2_000),
    });
  });

  it('never makes the parser throw', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        parseFromPage(value);
      }),
    );
  });
});
