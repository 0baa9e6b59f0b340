/** Texts in the source that stay as they are, and why. */
interface PlainTexts {
  readonly file: string;
  readonly why: string;
  /** With `…` where a value goes. All: the file is no place for texts for the user. */
  readonly texts: 'all' | readonly string[];
}

export const PLAIN_TEXTS: readonly PlainTexts[] = [
  { file: 'src/extension.ts', why: 'It is the name of the product.', texts: ['QuantConnect Agents'] },
  { file: 'src/ui/languageTexts.ts', why: 'It is the name of the product.', texts: ['QuantConnect Agents'] },
  { file: 'src/ui/log.ts', why: 'Lines of the log, and its name, stay English.', texts: 'all' },
  {
    file: 'src/account/accountLabel.ts',
    why: 'It is stored with the account, and translated where it is shown.',
    texts: ['Sandbox (simulated cloud)', 'User …'],
  },
  { file: 'src/commands/commandRunner.ts', why: 'It is a key, and nobody sees it.', texts: ['… of …'] },
  { file: 'src/commands/copyId.ts', why: 'It is a kind of target.', texts: ['agent, task or deployment'] },
  { file: 'src/commands/deployPromptFile.ts', why: 'It is a kind of target.', texts: ['prompt file'] },
  { file: 'src/commands/duplicateTask.ts', why: 'It becomes the name of a task.', texts: ['Copy of …'] },
  {
    file: 'src/commands/targets.ts',
    why: 'It is a kind of target, or a key.',
    texts: ['prompt file', 'agent, task or deployment', 'agent …', 'task …', 'deployment …'],
  },
  { file: 'src/panels/pageFrame.ts', why: 'It is HTML.', texts: 'all' },
  { file: 'src/conversation/panel/pageHtml.ts', why: 'It is HTML.', texts: 'all' },
  { file: 'src/storage/textFolder.ts', why: 'Lines of the log stay English.', texts: 'all' },
  { file: 'src/core/agentFile/address.ts', why: 'It is part of the address of a document.', texts: ['New Agent'] },
  {
    file: 'src/core/agentFile/format.ts',
    why: 'It is written into documents and may be sent to QuantConnect.',
    texts: 'all',
  },
  {
    file: 'src/core/api/answer.ts',
    why: 'It has messages of QuantConnect. A message quotes what is wrong with a broken answer. These details are not translated yet.',
    texts: 'all',
  },
  {
    file: 'src/core/api/client.ts',
    why: 'A message quotes what is wrong with a broken answer. These details are not translated yet.',
    texts: 'all',
  },
  { file: 'src/core/api/connection.ts', why: 'Lines of the log stay English.', texts: ['too large'] },
  {
    file: 'src/core/api/schemas.ts',
    why: 'It names what has no name. A message quotes what is wrong with a broken answer. These details are not translated yet.',
    texts: 'all',
  },
  { file: 'src/core/api/signing.ts', why: 'It is a header of HTTP.', texts: ['Basic …'] },
  {
    file: 'src/core/api/transport.ts',
    why: 'A message quotes what is wrong with a broken answer. These details are not translated yet.',
    texts: ['it is larger than … MB'],
  },
  { file: 'src/core/base/nesting.ts', why: 'It stands inside of JSON that others wrote.', texts: 'all' },
  { file: 'src/core/organization/store.ts', why: 'It is a key, and nobody sees it.', texts: ['deployments of …'] },
  { file: 'src/core/secrets/secrets.ts', why: 'It is a pattern.', texts: 'all' },
  { file: 'src/core/words/dates.ts', why: 'Exports are in English.', texts: ['… UTC'] },
  {
    file: 'src/explorer/nodes/agentNode.ts',
    why: 'It is a key, and nobody sees it.',
    texts: ['agent …', '… problem', '… empty'],
  },
  { file: 'src/explorer/nodes/deploymentNode.ts', why: 'It is a key, and nobody sees it.', texts: ['deployment …'] },
  {
    file: 'src/explorer/nodes/taskNode.ts',
    why: 'It is a key, and nobody sees it.',
    texts: ['task …', '… problem', '… empty'],
  },
  { file: 'src/core/conversation/files/actingFiles.ts', why: 'They are names of files.', texts: 'all' },
  {
    file: 'src/core/conversation/toolCalls/backtestResult.ts',
    why: 'They are names and messages in results of QuantConnect.',
    texts: 'all',
  },
  {
    file: 'src/core/conversation/toolCalls/equityCurve.ts',
    why: 'It is a name in results of QuantConnect.',
    texts: ['Strategy Equity'],
  },
  {
    file: 'src/core/conversation/toolCalls/toolOutput.ts',
    why: 'It is a message in results of QuantConnect.',
    texts: ['The backtest ended with a runtime error.'],
  },
  {
    file: 'src/core/conversation/toolCalls/toolText.ts',
    why: 'They are names of files.',
    texts: ['… input.json', '… error.txt', '… output.txt', '… output.json'],
  },
];
