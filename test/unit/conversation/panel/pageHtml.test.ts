import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy, pageHtml } from '../../../../src/conversation/panel/pageHtml';
import { PAGE_TEXTS, pageTexts } from '../../../../src/conversation/panel/pageTexts';

describe('the shell of the page', () => {
  const shell = {
    nonce: 'n0nce',
    cspSource: 'https://source.example',
    scriptUri: 'https://s/c.js',
    toolkitUri: 'https://s/t.js',
    styleUri: 'https://s/s.css',
    identity: { deploymentId: 'A-1', organizationId: '"><script>alert(1)</script>', accountId: 'x' },
    texts: {
      ...pageTexts(),
      page: { ...PAGE_TEXTS, title: '</title>', close: '</script><script>alert(2)</script>' },
    },
  };

  it('allows scripts by nonce alone, no inline style, and no remote image', () => {
    const policy = contentSecurityPolicy(shell);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'nonce-n0nce';");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).toContain('img-src https://source.example data:;');
    expect(policy).not.toMatch(/unsafe|\*/);
  });

  it('keeps what it is given from becoming HTML', () => {
    const html = pageHtml(shell);
    expect(html).not.toContain('<script>alert');
    expect(html.match(/<script nonce="n0nce"/g)).toHaveLength(2);
    expect(html).toContain('data-identity="{&quot;deploymentId&quot;:&quot;A-1&quot;');
    expect(html).toContain('<title>&lt;/title&gt;</title>');
  });

  it('hands the page its texts as data, which no browser runs', () => {
    const [, json = ''] = /<script type="application\/json" id="texts">(.*?)<\/script>/.exec(pageHtml(shell)) ?? [];
    expect(JSON.parse(json)).toEqual(shell.texts);
  });
});
