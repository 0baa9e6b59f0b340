import { describe, expect, it } from 'vitest';
import { pageHtml } from '../../../../src/conversation/panel/pageHtml';
import { PAGE_TEXTS, pageTexts } from '../../../../src/conversation/panel/pageTexts';

describe('pageHtml', () => {
  const shell = {
    nonce: 'n0nce',
    cspSource: 'https://source.example',
    scriptUri: 'https://s/c.js',
    toolkitUri: 'https://s/t.js',
    styleUri: 'https://s/s.css',
    identity: { deploymentId: 'A-1', organizationId: '"><script>alert(1)</script>', accountId: 'x' },
    texts: {
      ...pageTexts(),
      page: { ...PAGE_TEXTS, title: '</title>', loading: '<img>', close: '</script><script>alert(2)</script>' },
    },
  };

  it('keeps identity and texts from becoming HTML', () => {
    const html = pageHtml(shell);
    expect(html).not.toContain('<script>alert');
    expect(html).not.toContain('<img>');
    expect(html.match(/<script nonce="n0nce"/g)).toHaveLength(2);
    expect(html).toContain('data-identity="{&quot;deploymentId&quot;:&quot;A-1&quot;');
    expect(html).toContain('<title>&lt;/title&gt;</title>');
  });

  it('adds what the page adopts only if there is something', () => {
    expect(pageHtml(shell)).not.toContain('data-saved');
    const saved = { identity: shell.identity, draft: 'Half a thou', draftTold: false, folds: [] };
    expect(pageHtml({ ...shell, saved })).toContain('data-saved="{');
  });
});
