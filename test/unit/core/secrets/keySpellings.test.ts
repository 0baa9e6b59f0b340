import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseWithoutKeys } from '../../../../src/core/secrets/secrets';
import { base64, escapedLetters, KEY, percentCodes, SPELLINGS } from '../../../support/keySpellings';

const json = (value: unknown): string => JSON.stringify(value);

/** Each spelling in three places of a conversation: a text, a tool's output, and the name of a field. */
function answersWith(text: string): readonly unknown[] {
  const content = [{ type: 'text', text: `before\n${text}\nafter` }];
  return [{ text }, { output: { content } }, { output: { [text]: 1 } }];
}

describe('A provider key in a text', () => {
  it('is spelled in at least 28 ways', () => {
    expect(Object.keys(SPELLINGS).length).toBeGreaterThanOrEqual(28);
  });

  it.each(Object.entries(SPELLINGS))('is masked as %s', (_, text) => {
    for (const answer of answersWith(text)) {
      const masked = json(parseWithoutKeys(json(answer)));
      for (const secret of [KEY, KEY.slice(0, 16), escapedLetters(KEY), base64(KEY).slice(0, 20)]) {
        expect(masked).not.toContain(secret);
      }
      expect(masked).toContain('***');
    }
  });

  it.each(Object.entries(SPELLINGS))('is masked everywhere in the answer if it appears once as %s', (_, text) => {
    const others = [
      `It is ${KEY}.`,
      `https://x.example/?k=${KEY}`,
      `Bearer:${KEY}`,
      json({ deep: json({ k: KEY }) }),
      base64(`user:${KEY}`),
      escapedLetters(KEY),
      percentCodes(KEY),
      `the first half is ${KEY.slice(0, 20)}`,
    ];
    const masked = json(parseWithoutKeys(json({ before: others, [KEY]: { [`x ${KEY}`]: 1 }, text, after: others })));
    for (const secret of [KEY, KEY.slice(0, 20), base64(KEY).slice(4, 24), escapedLetters(KEY), '%73%6b%2d']) {
      expect(masked).not.toContain(secret);
    }
  });
});

describe('A provider key in a field', () => {
  it.each([
    { llmApiTokenUser: KEY },
    { LLM_API_TOKEN_USER: KEY },
    { 'llm-api-token-user': KEY },
    { 'agent.token.llmApiTokenUser': KEY },
    { llmApiTokenUser: { value: [KEY] } },
    { llmApiTokenUser: { [KEY]: true } },
    { llmApiTokenUser: [[KEY]] },
    { list: ['llmApiTokenUser', KEY] },
    { list: [{ name: 'llmApiTokenUser', value: KEY }] },
  ])('is masked there and everywhere else: %j', (field) => {
    const answer = { token: field, messages: [{ parts: [{ type: 'text', text: `I use ${KEY} now` }] }], [KEY]: KEY };
    const masked = json(parseWithoutKeys(json(answer)));
    expect(masked).not.toContain(KEY);
    expect(masked).toContain('I use *** now');
  });

  it('stays when it is empty, which tells that no key is set', () => {
    for (const empty of ['', null, [], {}, false]) {
      const answer = { a: { llmApiTokenUser: empty, deploymentId: 'A-33bb256263ebada462862db7f957d7a2' } };
      expect(parseWithoutKeys(json(answer))).toEqual(answer);
    }
  });

  it('is masked everywhere, whatever the key and the texts around it', () => {
    const key = fc.stringMatching(/^[A-Za-z0-9_-]{16,60}$/).filter((text) => new Set(text).size >= 5);
    fc.assert(
      fc.property(key, fc.string(), fc.jsonValue(), fc.boolean(), (secret, around, other, first) => {
        const field = { token: { llmApiTokenUser: secret } };
        const text = `${around} ${secret} ${around}`;
        const rest = { text, json: json({ around, secret }), other, [`${around}${secret}`]: 1 };
        const masked = json(parseWithoutKeys(json(first ? [field, rest] : [rest, field])));
        expect(masked).not.toContain(secret);
      }),
    );
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
      .map((name) => `llmApiTokenUser: "${name}"`)
      .join('\n');
    const part = {
      type: 'tool-create_file',
      toolCallId: 'toolu_01A09q90qw90lq917835lq9',
      output: { structuredContent: { success: true } },
      callProviderMetadata: {},
    };
    const conversation = (text: object): object => ({
      id: ID,
      messages: [{ parts: [{ type: 'text', ...text }, part] }],
    });
    expect(parseWithoutKeys(json(conversation({ text: texts })))).toMatchObject(conversation({}));
  });
});
