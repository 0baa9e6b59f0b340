/** The spellings of the user's provider key in texts of a conversation, and the spellings of any secret. */

export const KEY = 'sk-ant-canary-77d0b2c4e1f9';
const json = (value: unknown): string => JSON.stringify(value);
const codes = (text: string, form: (hex: string, code: number) => string): string =>
  Array.from(text, (letter) => form(letter.charCodeAt(0).toString(16).padStart(2, '0'), letter.charCodeAt(0))).join('');
export const escapedLetters = (text: string): string => codes(text, (hex) => `\\u00${hex}`);
export const percentCodes = (text: string): string => codes(text, (hex) => `%${hex}`);
export const entities = (text: string): string => codes(text, (_, code) => `&#${String(code)};`);
export const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** The spellings of name and value in a text of a conversation. */
export const SPELLINGS: Readonly<Record<string, string>> = {
  JSON: `{"llmApiTokenUser":"${KEY}"}`,
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
  YAML: `token:\n  llmApiTokenUser: ${KEY}\n`,
  'YAML with a block': `token:\n  llmApiTokenUser: |-\n    ${KEY}\n`,
  'YAML with a tag': `llmApiTokenUser: !!str '${KEY}'`,
  TOML: `llm_api_token_user = '${KEY}'`,
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
  XML: `<llmApiTokenUser>${KEY}</llmApiTokenUser>`,
  'XML with an attribute': `<add key="llmApiTokenUser" value="${KEY}" />`,
  'HTML entities': `&quot;llmApiTokenUser&quot;:&quot;${KEY}&quot;`,
  'HTML codes': `&#x22;&#108;lmApiTokenUser&#34;: &#x22;${KEY}&#x22;`,
  'a table': `| llmApiTokenUser | ${KEY} |`,
  'a diff': `-  "llmApiTokenUser": "",\n+  "llmApiTokenUser": "${KEY}",`,
  'a sentence': `The LLM API token user is ${KEY}, keep it.`,
  'terminal colors': `llmApiTokenUser: \u001b[32m${KEY}\u001b[0m`,
  'invisible characters': `llm\u200bApiTokenUser: ${KEY}`,
  base64: `payload: ${base64(json({ token: { llmApiTokenUser: KEY } }))}`,
};
