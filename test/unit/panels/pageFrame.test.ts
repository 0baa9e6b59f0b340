import { describe, expect, it } from 'vitest';
import { PAGE_TEXTS, pageTexts } from '../../../src/conversation/panel/pageTexts';
import { contentSecurityPolicy, frameHtml } from '../../../src/panels/pageFrame';

const sources = {
  nonce: 'n0nce',
  cspSource: 'https://source.example',
  scriptUri: 'https://s/c.js',
  toolkitUri: 'https://s/t.js',
  styleUri: 'https://s/s.css',
};

describe('contentSecurityPolicy', () => {
  it('allows scripts by nonce alone, no inline style, and no remote image', () => {
    const policy = contentSecurityPolicy(sources);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'nonce-n0nce';");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).toContain('img-src https://source.example data:;');
    expect(policy).not.toMatch(/unsafe|\*/);
  });
});

describe('frameHtml', () => {
  const texts = { ...pageTexts(), page: { ...PAGE_TEXTS, close: '</script><script>alert(2)</script>' } };
  const html = frameHtml({
    ...sources,
    title: '<script>alert(0)</script>',
    texts,
    given: { one: { text: '"><script>alert(1)</script>' }, two: [1] },
    skeleton: '<main class="skeleton"></main>',
  });

  it('keeps what a page is given from becoming HTML', () => {
    expect(html).not.toContain('<script>alert');
    expect(html.match(/<script nonce="n0nce"/g)).toHaveLength(2);
  });

  it('gives it as JSON in attributes of the root element, around the skeleton', () => {
    const root = /<div id="app" data-one="([^"]*)" data-two="\[1\]">\s*<main class="skeleton">/.exec(html);
    const unescaped = root?.[1]?.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>');
    expect(JSON.parse(unescaped ?? '')).toEqual({ text: '"><script>alert(1)</script>' });
  });

  it('hands the page its texts as data, which no browser runs', () => {
    const [, json = ''] = /<script type="application\/json" id="texts">(.*?)<\/script>/.exec(html) ?? [];
    expect(JSON.parse(json)).toEqual(texts);
  });
});
