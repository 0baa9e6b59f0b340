import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseWithoutKeys } from '../../../../src/core/api/secrets';

const KEY = 'sk-ant-canary-77d0b2c4e1f9';
const json = (value: unknown): string => JSON.stringify(value);
const escapedLetters = (text: string): string => [...text].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** How a text in a conversation may spell the name and the value. */
const TEXTS: Readonly<Record<string, string>> = {
  'JSON': `{"llmApiTokenUser":"${KEY}"}`,
  'JSON with spaces': `{ "llmApiTokenUser" : "${KEY}" }`,
  'JSON in JSON': json({ token: json({ llmApiTokenUser: KEY }) }),
  'JSON five levels deep': json(json(json(json(json({ llmApiTokenUser: KEY }))))),
  'JSON whose name is escaped': `{"${escapedLetters('llmApi')}TokenUser":"${KEY}"}`,
  'JSON whose value is escaped': `{"llmApiTokenUser":"${escapedLetters(KEY)}"}`,
  'escaped JSON in JSON': json(`{"${escapedLetters('llmApiTokenUser')}":"${escapedLetters(KEY)}"}`),
  'JSON with an object': json({ llmApiTokenUser: { anthropic: KEY } }),
  'JSON with a list': json({ llmApiTokenUser: ['anthropic', KEY] }),
  'JSON of a name and a value': json({ name: 'llmApiTokenUser', value: KEY }),
  'JSON of a pair': json(['llmApiTokenUser', KEY]),
  'snake case': json({ llm_api_token_user: KEY }),
  'kebab case': json({ 'llm-api-token-user': KEY }),
  'Pascal case': json({ LlmApiTokenUser: KEY }),
  'an environment': `export LLM_API_TOKEN_USER=${KEY}\nexport OTHER=1`,
  'an environment in quotes': `LLM_API_TOKEN_USER="${KEY}"`,
  'a docker line': `ENV LLM_API_TOKEN_USER ${KEY}`,
  'YAML': `token:\n  llmApiTokenUser: ${KEY}\n`,
  'YAML with a block': `token:\n  llmApiTokenUser: |-\n    ${KEY}\n`,
  'YAML with a tag': `llmApiTokenUser: !!str '${KEY}'`,
  'TOML': `llm_api_token_user = '${KEY}'`,
  'a query': `https://example.com/?a=1&llmApiTokenUser=${KEY}&b=2`,
  'percent codes': encodeURIComponent(json({ llmApiTokenUser: KEY })),
  'percent codes twice': encodeURIComponent(encodeURIComponent(json({ llmApiTokenUser: KEY }))),
  'percent codes for letters': `%6clmApiTokenUser=%73${KEY.slice(1)}`,
  'a header': `Llm-Api-Token-User: ${KEY}\r\nHost: example.com`,
  'a header with a scheme': `X-LLM-API-Token-User: Bearer ${KEY}`,
  'a command line': `curl --llm-api-token-user ${KEY} https://example.com`,
  'a Python dict': `{'llmApiTokenUser': '${KEY}'}`,
  'a Python argument': `Agent(llmApiTokenUser=r'${KEY}')`,
  'a Python annotation': `llm_api_token_user: str = "${KEY}"`,
  'a Python text of several lines': `llmApiTokenUser = """\n${KEY}\n"""`,
  'pieces in quotes': `llmApiTokenUser = "${KEY.slice(0, 9)}" + "${KEY.slice(9)}"`,
  'a name in pieces': `config["llmApi" + "TokenUser"] = "${KEY}"`,
  'a template': `llmApiTokenUser: \`${KEY}\``,
  'a JavaScript property': `agent.token.llmApiTokenUser = '${KEY}';`,
  'an index': `token['llmApiTokenUser'] = '${KEY}'`,
  'a C# initializer': `{ "llmApiTokenUser", "${KEY}" }`,
  'a Ruby arrow': `:llm_api_token_user => "${KEY}"`,
  'XML': `<llmApiTokenUser>${KEY}</llmApiTokenUser>`,
  'XML with an attribute': `<add key="llmApiTokenUser" value="${KEY}" />`,
  'HTML entities': `&quot;llmApiTokenUser&quot;:&quot;${KEY}&quot;`,
  'HTML codes': `&#x22;&#108;lmApiTokenUser&#34;: &#x22;${KEY}&#x22;`,
  'a table': `| llmApiTokenUser | ${KEY} |`,
  'a diff': `-  "llmApiTokenUser": "",\n+  "llmApiTokenUser": "${KEY}",`,
  'a sentence': `The LLM API token user is ${KEY}, keep it.`,
  'terminal colors': `llmApiTokenUser: \u001b[32m${KEY}\u001b[0m`,
  'invisible characters': `llm\u200bApiTokenUser: ${KEY}`,
  'base64': `payload: ${base64(json({ token: { llmApiTokenUser: KEY } }))}`,
};

/** Each spelling as what a conversation can hold: a text, a tool's output, and the name of a field. */
function answersWith(text: string): readonly unknown[] {
  return [{ text }, { output: { content: [{ type: 'text', text: `before\n${text}\nafter` }] } }, { output: { [text]: 1 } }];
}

describe('A provider key in a text', () => {
  it('is spelled in at least 28 ways', () => {
    expect(Object.keys(TEXTS).length).toBeGreaterThanOrEqual(28);
  });

  it.each(Object.entries(TEXTS))('is masked as %s', (_, text) => {
    for (const answer of answersWith(text)) {
      const masked = json(parseWithoutKeys(json(answer)));
      for (const secret of [KEY, KEY.slice(0, 16), escapedLetters(KEY), base64(KEY).slice(0, 20)]) expect(masked).not.toContain(secret);
      expect(masked).toContain('***');
    }
  });

  it.each(Object.entries(TEXTS))('is masked everywhere else in the answer when it stands once as %s', (_, text) => {
    const others = [
      `It is ${KEY}.`, `https://x.example/?k=${KEY}`, `Bearer:${KEY}`, json({ deep: json({ k: KEY }) }), base64(`user:${KEY}`), escapedLetters(KEY),
      [...KEY].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join(''), `the first half is ${KEY.slice(0, 20)}`,
    ];
    const masked = json(parseWithoutKeys(json({ before: others, [KEY]: { [`x ${KEY}`]: 1 }, text, after: others })));
    for (const secret of [KEY, KEY.slice(0, 20), base64(KEY).slice(4, 24), escapedLetters(KEY), `%73%6b%2d`]) expect(masked).not.toContain(secret);
  });
});

describe('A provider key in a field', () => {
  it.each([
    { llmApiTokenUser: KEY }, { LLM_API_TOKEN_USER: KEY }, { 'llm-api-token-user': KEY }, { 'agent.token.llmApiTokenUser': KEY },
    { llmApiTokenUser: { value: [KEY] } }, { llmApiTokenUser: { [KEY]: true } }, { llmApiTokenUser: [[KEY]] },
    { list: ['llmApiTokenUser', KEY] }, { list: [{ name: 'llmApiTokenUser', value: KEY }] },
  ])('is masked there and everywhere else: %j', (field) => {
    const answer = { token: field, messages: [{ parts: [{ type: 'text', text: `I use ${KEY} now` }] }], [KEY]: KEY };
    const masked = json(parseWithoutKeys(json(answer)));
    expect(masked).not.toContain(KEY);
    expect(masked).toContain('I use *** now');
  });

  it('stays when it is empty, which tells that no key is set', () => {
    for (const empty of ['', null, [], {}, false]) {
      expect(parseWithoutKeys(json({ a: { llmApiTokenUser: empty, deploymentId: 'A-33bb256263ebada462862db7f957d7a2' } })))
        .toEqual({ a: { llmApiTokenUser: empty, deploymentId: 'A-33bb256263ebada462862db7f957d7a2' } });
    }
  });

  it('is masked everywhere, whatever the key and the texts around it', () => {
    const key = fc.stringMatching(/^[A-Za-z0-9_-]{16,60}$/).filter((text) => new Set(text).size >= 5);
    fc.assert(fc.property(key, fc.string(), fc.jsonValue(), fc.boolean(), (secret, around, other, first) => {
      const field = { token: { llmApiTokenUser: secret } };
      const rest = { text: `${around} ${secret} ${around}`, json: json({ around, secret }), other, [`${around}${secret}`]: 1 };
      const masked = json(parseWithoutKeys(json(first ? [field, rest] : [rest, field])));
      expect(masked).not.toContain(secret);
    }));
  });
});

describe('Other texts', () => {
  const ID = 'A-33bb256263ebada462862db7f957d7a2';

  it.each([
    'Set llmApiTokenUser in the settings, or see AgentDeploymentConfiguration for more.',
    `{"llmApiTokenUser":"","deploymentId":"${ID}"}`,
    `{"llmApiTokenUser":null,"organizationId":"5cad178b20a1d52567b534553413b691"}`,
    `llmApiTokenUser:\norganizationId: 5cad178b20a1d52567b534553413b691`,
    `LLM_API_TOKEN_USER=\nANTHROPIC_API_VERSION_NAME=2026-01-01-preview`,
    `llmApiTokenUser: ***, deploymentId: ${ID}`,
    `Set the llmApiTokenUser (see ${ID}).`,
  ])('stay as they are: %s', (text) => {
    expect(parseWithoutKeys(json({ text, deploymentId: ID }))).toEqual({ text, deploymentId: ID });
  });

  it('keep their structure, whatever a model names as its key', () => {
    const texts = ['tool-create_file', 'structuredContent', ID, 'callProviderMetadata', 'toolu_01A09q90qw90lq917835lq9']
      .map((name) => `llmApiTokenUser: "${name}"`).join('\n');
    const part = {
      type: 'tool-create_file', toolCallId: 'toolu_01A09q90qw90lq917835lq9', output: { structuredContent: { success: true } }, callProviderMetadata: {},
    };
    const parsed = parseWithoutKeys(json({ conversation: { id: ID, messages: [{ parts: [{ type: 'text', text: texts }, part] }] } }));
    expect(parsed).toMatchObject({ conversation: { id: ID, messages: [{ parts: [{ type: 'text' }, part] }] } });
  });
});
