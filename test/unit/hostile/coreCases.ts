/** Texts that try to keep a function busy, each in any size. Bundled for a worker thread: see `worker.ts`. */
import assert from 'node:assert/strict';
import { judge } from '../../../src/core/api/answer';
import { AnswerBody } from '../../../src/core/api/answerBody';
import { ConversationText } from '../../../src/core/api/conversationText';
import { parseConversation } from '../../../src/core/api/schemas';
import { parseWithoutKeys } from '../../../src/core/secrets/secrets';
import { suggestionsAt, explanationAt } from '../../../src/core/agentFile/assist';
import { parseAgentDocument } from '../../../src/core/agentFile/parse';
import { readBacktest } from '../../../src/core/conversation/toolCalls/backtestResult';
import { compareFiles } from '../../../src/core/conversation/documents/compareFiles';
import { findingIn, readCompile } from '../../../src/core/conversation/toolCalls/compileResult';
import { changesBetween, keepIdentity } from '../../../src/core/pages/conversation/diff';
import { curveFacts, drawnPoints, equityCurve } from '../../../src/core/conversation/toolCalls/equityCurve';
import { agentPath } from '../../../src/core/conversation/files/filePath';
import { writtenFiles } from '../../../src/core/conversation/files/files';
import { countParts } from '../../../src/core/conversation/find/filters';
import { Matcher } from '../../../src/core/conversation/find/matcher';
import { Search } from '../../../src/core/conversation/find/search';
import { textsOf } from '../../../src/core/conversation/find/texts';
import { sameJson } from '../../../src/core/base/json';
import { lineChanges } from '../../../src/core/conversation/files/lineChanges';
import { lineDiff } from '../../../src/core/conversation/files/lineDiff';
import {
  fenced,
  harmlessMarkdown,
  htmlWords,
  plainWords,
  webLink,
} from '../../../src/core/conversation/documents/markdownText';
import { NOTHING_MEASURED, measure } from '../../../src/core/conversation/times/measuredTimes';
import {
  EMPTY_OUTBOX,
  mayHaveArrived,
  addQueued,
  removeArrived,
  addSending,
  type Outbox,
} from '../../../src/core/conversation/queue/outbox';
import { toTranscript } from '../../../src/core/conversation/transcript/parseTranscript';
import { readToolOutput } from '../../../src/core/conversation/toolCalls/toolOutput';
import { summarizeTool } from '../../../src/core/conversation/toolCalls/toolSummary';
import { findMessage, toolText } from '../../../src/core/conversation/toolCalls/toolText';
import { callWords } from '../../../src/core/conversation/toolCalls/tools';
import type { Message, Part, ToolPart } from '../../../src/core/conversation/transcript/transcript';
import { completionTargetAt } from '../../../src/core/prompts/completion';
import { taskNameFor } from '../../../src/core/prompts/deployment';
import { mentionsSettings } from '../../../src/core/prompts/mentionsSettings';
import { parsePromptFile } from '../../../src/core/prompts/promptFile';
import { scalarText } from '../../../src/core/prompts/settings';
import { settingsEdits } from '../../../src/core/prompts/writeSettings';
import { plainLine } from '../../../src/core/words/plain';
import { readPrompt } from '../../../src/sandbox/agents/promptFacts';
import type { Case } from './worker';

const blanks = (size: number): string => ' '.repeat(size);
const lines = (size: number, line: (index: number) => string): string =>
  Array.from({ length: size }, (_, index) => line(index)).join('\n');
const message = (id: string, parts: readonly Part[], role = 'assistant'): Message => ({ id, role, parts });
const tool = (name: string, changed: Partial<ToolPart> = {}): ToolPart => ({
  kind: 'tool',
  name,
  state: 'output-available',
  output: 'done',
  ...changed,
});
const user = (id: string, text: string): Message => message(id, [{ kind: 'text', text, streaming: false }], 'user');
const compiled = (errors: readonly string[]): ToolPart =>
  tool('create_compile', { output: { structuredContent: { success: false, errors } } });
const both = (name: string, settings: string): string => `---\n${settings}\n---\n${name}\n`;

/** Runs of backticks, each of a different length. */
function growingRuns(size: number): string {
  const runs: string[] = [];
  for (let length = 1, total = 0; total < size; total += length + 1, length++) runs.push('`'.repeat(length));
  return runs.join(' ');
}

/** The lines of a file in another order. */
function shuffledLines(count: number, seed: number): string {
  const order = Array.from({ length: count }, (_, index) => index);
  let state = seed + 1;
  for (let index = count - 1; index > 0; index--) {
    state = (state * 48_271) % 2_147_483_647;
    const other = state % (index + 1);
    [order[index], order[other]] = [order[other] ?? 0, order[index] ?? 0];
  }
  return order.map((line) => `line ${String(line)}`).join('\n');
}

export const CASES: Readonly<Record<string, Case>> = {
  // Markdown for export.
  'harmlessMarkdown: a line of >': {
    size: 50_000,
    run: (size) => {
      harmlessMarkdown(`${'>'.repeat(size)} x`);
    },
  },
  'harmlessMarkdown: > with blanks': {
    size: 50_000,
    run: (size) => {
      harmlessMarkdown(`${'> '.repeat(size / 2)}x`);
    },
  },
  'harmlessMarkdown: list markers': {
    size: 50_000,
    run: (size) => {
      harmlessMarkdown(`${'- 1. '.repeat(size / 5)}x`);
    },
  },
  'harmlessMarkdown: @': {
    size: 50_000,
    run: (size) => {
      harmlessMarkdown('@'.repeat(size));
    },
  },
  'harmlessMarkdown: slashes': {
    size: 50_000,
    run: (size) => {
      harmlessMarkdown('/'.repeat(size));
    },
  },
  'harmlessMarkdown: fences': {
    size: 100_000,
    run: (size) => {
      harmlessMarkdown('```\n~~~\n```\n'.repeat(size / 12));
    },
  },
  'harmlessMarkdown: a fence far to the right': {
    size: 50_000,
    run: (size) => {
      harmlessMarkdown(`${blanks(size)}\`\`\`\n${`${blanks(99)}x\n`.repeat(size / 100)}`);
    },
  },
  'harmlessMarkdown: lines without an empty one': {
    size: 20_000,
    run: (size) => {
      harmlessMarkdown('a\n'.repeat(size));
    },
  },
  'harmlessMarkdown: runs of backticks': {
    size: 100_000,
    run: (size) => {
      harmlessMarkdown(growingRuns(size));
      harmlessMarkdown('` `` '.repeat(size / 5));
    },
  },
  'harmlessMarkdown: tags and formulas': {
    size: 100_000,
    run: (size) => {
      harmlessMarkdown('<a $$ ![ \\'.repeat(size / 10));
    },
  },
  'fenced: runs of backticks': {
    size: 125_000,
    run: (size) => {
      fenced('` '.repeat(size));
      fenced('`'.repeat(size));
    },
  },
  'plainWords, htmlWords, webLink, plainLine': {
    size: 10_000,
    run: (size) => {
      for (const text of [
        '_'.repeat(size),
        '_a'.repeat(size / 2),
        '&'.repeat(size),
        '['.repeat(size),
        blanks(size),
        '\u202E'.repeat(size / 10),
        '1'.repeat(size),
      ]) {
        plainWords(text);
        htmlWords(text);
        plainLine(text);
        webLink(text, `https://${text.replaceAll(' ', '/')}`);
      }
    },
  },
  // The conversation.
  'toTranscript: messages of one id': {
    size: 10_000,
    run: (size) => {
      assert.equal(
        new Set(
          toTranscript({ messages: Array.from({ length: size }, () => ({ id: 'a', role: 'user', parts: [] })) }).map(
            ({ id }) => id,
          ),
        ).size,
        size,
      );
    },
  },
  'toTranscript: a long id above many messages': {
    size: 2_000,
    run: (size) => {
      const messages = Array.from({ length: size }, () => ({ role: 'user', parts: [] }));
      const ids = toTranscript({
        messages: [{ id: 'x'.repeat(1_000_000), role: 'assistant', parts: [{ type: 'tool-a', messages }] }],
      }).flatMap(({ parts }) =>
        parts.flatMap((part) => ('messages' in part ? (part.messages ?? []) : [])).map(({ id }) => id),
      );
      assert.equal(Buffer.from(ids.join('')).length < size * 400, true);
    },
  },
  'toTranscript: sub-agents in sub-agents': {
    size: 2_000,
    run: (size) => {
      let inner: unknown = { type: 'text', text: 'end' };
      for (let depth = 0; depth < size; depth++)
        inner = {
          type: 'tool-a',
          state: 'output-available',
          messages: [{ id: 'm', role: 'assistant', parts: [inner] }],
        };
      const transcript = toTranscript({ messages: [{ id: 'm', role: 'assistant', parts: [inner] }] });
      findMessage(transcript, 'no such message');
      countParts(transcript);
      writtenFiles(transcript);
    },
  },
  'keepIdentity and changesBetween: many parts': {
    size: 20_000,
    run: (size) => {
      const before = [message('a', [])];
      const after = [
        message(
          'a',
          Array.from({ length: size }, (_, index): Part => ({ kind: 'text', text: String(index), streaming: false })),
        ),
      ];
      assert.equal(changesBetween(before, keepIdentity(before, after)).length, size);
    },
  },
  'sameJson: deep values': {
    size: 2_000,
    run: (size) => {
      const deep = (): unknown => JSON.parse('[{"a":'.repeat(size) + '1' + '}]'.repeat(size));
      assert.equal(sameJson(deep(), deep()), true);
    },
  },
  'observe: many parts at work': {
    size: 3_000,
    run: (size) => {
      const parts = Array.from({ length: size }, (_, index): Part =>
        index % 2 === 0 ? { kind: 'step' } : tool('a', { state: 'input-available' }),
      );
      const first = measure(NOTHING_MEASURED, [message('a', parts)], { began: 1, ended: 2, live: true });
      measure(
        first,
        [
          message(
            'a',
            parts.map((part) => ({ ...part })),
          ),
        ],
        { began: 3, ended: 4, live: true },
      );
    },
  },
  'outbox: many prompts in a long conversation': {
    size: 200,
    run: (size) => {
      const messages = Array.from({ length: size }, (_, index) =>
        user(String(index), `${blanks(1_000)}said ${String(index)}\r\n`),
      );
      let outbox: Outbox = EMPTY_OUTBOX;
      const before: readonly Message[] = [];
      for (let index = 0; index < size; index++)
        outbox = addSending(outbox, { clientId: String(index), text: `wanted ${String(index)}`, at: 0 }, before);
      assert.equal(removeArrived(outbox, messages), outbox);
      assert.equal(
        mayHaveArrived(addQueued(outbox, { clientId: 'x', text: 'said 1', at: 0 }, before), 'x', messages),
        true,
      );
    },
  },
  'ConversationText: braces, quotes and backslashes': {
    size: 100_000,
    run: (size) => {
      const body = (texts: readonly string[]): string =>
        JSON.stringify({ conversation: { messages: texts.map((text) => ({ parts: [{ text }] })) }, success: true });
      for (const text of [
        '\\'.repeat(size),
        '"'.repeat(size),
        ']'.repeat(size),
        '}]'.repeat(size / 2),
        '"messages"'.repeat(size / 10),
      ]) {
        new ConversationText(AnswerBody.of(body([text]))).differenceTo(AnswerBody.of(body([text, text])));
      }
    },
  },
  'judge: messages': {
    size: 5_000,
    run: (size) => {
      judge(
        {
          status: 200,
          text: JSON.stringify({
            success: false,
            errors: Array.from({ length: size }, (_, index) => `${String(index)}${blanks(50)}`),
          }),
        },
        0,
      );
    },
  },
  'judge: deep JSON': {
    size: 50_000,
    run: (size) => {
      assert.equal(
        'reply' in judge({ status: 200, text: `{"success":true,"a":${'['.repeat(size)}${']'.repeat(size)}}` }, 0),
        true,
      );
    },
  },
  'parseWithoutKeys: a key among deep and wide values': {
    size: 20_000,
    run: (size) => {
      parseWithoutKeys(
        `{"llmApiTokenUser":"secret","a":${'{"a":'.repeat(size)}1${'}'.repeat(size)},"b":[${'"llmApiTokenUser",'.repeat(size)}"llmApiTokenUser${blanks(size)}"]}`,
      );
    },
  },
  'parseConversation: values of the wrong kind': {
    size: 2_000,
    run: (size) => {
      parseConversation({
        messages: Array.from({ length: size }, (_, index) =>
          index % 2 ? { id: blanks(20), time: `2026-01-01${blanks(20)}x` } : index,
        ),
      });
    },
  },
  // Tools.
  'readCompile: texts of blanks': {
    size: 1_500,
    run: (size) => {
      readCompile(
        readToolOutput(compiled(Array.from({ length: size }, (_, index) => `${blanks(1_990)}${String(index)}`))),
      );
    },
  },
  'readCompile: places that are none': {
    size: 500,
    run: (size) => {
      const texts = ['a.', 'File: ', '(a.a', '"a.a",', 'line ', ' - ', 'a/'].flatMap((piece) =>
        Array.from({ length: size / 10 }, (_, index) => `${piece.repeat(600)}${String(index)}`),
      );
      readCompile(readToolOutput(compiled(texts)));
      texts.forEach(findingIn);
    },
  },
  'readCompile: a log of warnings': {
    size: 10_000,
    run: (size) => {
      const texts = Array.from({ length: size }, (_, index) => `warning ${String(index)}`);
      readCompile({
        text: '',
        structured: { state: 'BuildError', logs: texts.map((text) => `${text}!`) },
        errors: [],
        warnings: texts,
        failed: true,
        runtimeError: false,
      });
    },
  },
  'summarizeTool and callWords: long names': {
    size: 20_000,
    run: (size) => {
      for (const name of [
        `jupyter_${'a_'.repeat(size)}`,
        'aB'.repeat(size),
        '_'.repeat(size),
        'create_'.repeat(size),
      ]) {
        callWords(name, 'done');
        summarizeTool(tool(name, { input: { query: blanks(size) }, title: blanks(size) }));
      }
    },
  },
  'readToolOutput: JSON in a text': {
    size: 20_000,
    run: (size) => {
      const deep = `{"errors":[${'['.repeat(size)}${']'.repeat(size)}],"warnings":[${'{"a":'.repeat(size)}1${'}'.repeat(size)}]}`;
      const part = tool('create_backtest', { output: { content: [{ type: 'text', text: deep }] } });
      summarizeTool(part);
      readBacktest(readToolOutput(part));
      toolText(part, 'output');
      textsOf(part);
    },
  },
  'equityCurve: many points': {
    size: 20_000,
    run: (size) => {
      const values = Array.from({ length: size }, (_, index) => ({
        x: ((index * 7_919) % size) + 1,
        y: index % 2 ? '1e999' : index,
      }));
      const curve = equityCurve({ charts: { 'Strategy Equity': { series: { Equity: { values } } } } });
      if (curve) drawnPoints(curve, curveFacts(curve), 400);
    },
  },
  'readBacktest: many statistics': {
    size: 3_000,
    run: (size) => {
      readBacktest(
        readToolOutput(
          tool('read_backtest', {
            output: {
              structuredContent: {
                statistics: Object.fromEntries(
                  Array.from({ length: size }, (_, index) => [`s${String(index)}`, `${String(index)}%`]),
                ),
              },
            },
          }),
        ),
      );
    },
  },
  'agentPath: long paths': {
    size: 20_000,
    run: (size) => {
      for (const piece of ['/', '../', 'a/', '. ', '~', 'con.', '\u202E', '\\'])
        agentPath(piece.repeat(size / piece.length));
    },
  },
  // Files.
  'writtenFiles: versions of a long file': {
    size: 80,
    run: (size) => {
      const orders = [shuffledLines(20_000, 1), shuffledLines(20_000, 2)];
      const parts = Array.from({ length: size }, (_, index) =>
        tool('create_file', { input: { filePath: 'main.py', content: orders[index % 2] } }),
      );
      assert.equal(writtenFiles([message('a', parts)])[0]?.versions.length, size);
    },
  },
  'writtenFiles: edits of a long file': {
    size: 1_000,
    run: (size) => {
      const text = `${'x'.repeat(100)}\n`.repeat(5_000);
      const edits = Array.from({ length: size }, (_, index) =>
        tool('edit_file', {
          input: { filePath: 'main.py', oldString: `<${String(index)}>`, newString: `<${String(index + 1)}>` },
        }),
      );
      assert.equal(
        writtenFiles([
          message('a', [tool('create_file', { input: { filePath: 'main.py', content: `${text}<0>` } }), ...edits]),
        ])[0]?.versions.length,
        size + 1,
      );
    },
  },
  'compareFiles: long files': {
    size: 60,
    run: (size) => {
      const side = (seed: number): readonly Message[] => {
        const content = shuffledLines(5_000, seed);
        return [
          message(
            'a',
            Array.from({ length: size }, (_, index) =>
              tool('create_file', { input: { filePath: `f${String(index)}.py`, content } }),
            ),
          ),
        ];
      };
      assert.equal(compareFiles(side(0), side(1)).length, size);
    },
  },
  'lineDiff and lineChanges: replaced lines': {
    size: 15_000,
    run: (size) => {
      lineDiff(
        lines(size, (index) => `a${String(index)}`),
        lines(size, (index) => `b${String(index)}`),
      );
      lineDiff('\n'.repeat(size), 'x\n'.repeat(size));
      lineChanges('\n'.repeat(size), 'x\n'.repeat(size));
    },
  },
  'lineDiff and lineChanges: two lines that alternate in another rhythm': {
    size: 100_000,
    run: (size) => {
      const rhythm = (beats: number): string => lines(size, (index) => (Math.floor(index / beats) % 2 ? 'a' : 'b'));
      lineDiff(rhythm(1), rhythm(2));
      lineChanges(rhythm(1), rhythm(2));
    },
  },
  // Find and filters.
  'Matcher: a query that begins with a blank': {
    size: 50_000,
    run: (size) => {
      assert.equal(new Matcher({ text: ' x', matchCase: false, wholeWord: false }).count(blanks(size)), 0);
    },
  },
  'Matcher: blanks before a word that is not whole': {
    size: 50_000,
    run: (size) => {
      assert.equal(new Matcher({ text: ' x', matchCase: false, wholeWord: true }).count(`${blanks(size)}xy`), 0);
    },
  },
  'Matcher: blanks, marks and words': {
    size: 50_000,
    run: (size) => {
      for (const text of ['x ', ' ', 'a b', 'aa']) {
        const matcher = new Matcher({ text, matchCase: false, wholeWord: true });
        for (const piece of ['x', ' ', 'a ', 'aa', '*', 'a*', '\n']) {
          matcher.count(piece.repeat(size / piece.length));
          matcher.mayStandIn(piece.repeat(size / piece.length));
        }
      }
    },
  },
  'Search: many messages': {
    size: 2_000,
    run: (size) => {
      const session = new Search(
        { text: 'needle', matchCase: false, wholeWord: false },
        { textsOf, visible: (text) => text },
      );
      session.searchIn(Array.from({ length: size }, (_, index) => user(String(index), 'needle')));
      assert.equal(
        session.work(() => true),
        true,
      );
      for (let place = session.from('0', 0), step = 0; step < 50 && typeof place === 'object'; step++)
        place = session.beside(place, -1);
    },
  },
  'countParts: many calls': {
    size: 2_000,
    run: (size) => {
      countParts([
        message(
          'a',
          Array.from({ length: size }, (_, index) => tool('create_file', { input: { filePath: String(index) } })),
        ),
      ]);
    },
  },
  // Files of the user and of colleagues.
  'parsePromptFile: keys': {
    size: 40_000,
    run: (size) => {
      parsePromptFile(
        both(
          'Go',
          lines(size, (index) => `k${String(index)}: 1`),
        ),
      );
    },
  },
  'parsePromptFile: keys within the limit': {
    size: 300,
    run: (size) => {
      const text = both('Go', lines(size, (index) => `k${String(index)}: 1`).slice(0, 99_000));
      parsePromptFile(text);
      settingsEdits(text, { agent: 'Mia' });
    },
  },
  'parsePromptFile and parseAgentDocument: YAML of every kind': {
    size: 800,
    run: (size) => {
      const pieces = [
        '[',
        '{a: ',
        '- ',
        '? ',
        '&a ',
        '*a ',
        '"',
        ']',
        '%a\n',
        '|\n',
        '\n',
        ' ',
        'quantconnect:\n',
        'sk-',
      ];
      for (const piece of pieces) {
        const matter = `a: &a 1\n${piece.repeat(Math.min(size, 90_000) / piece.length)}`;
        parsePromptFile(both('Go', matter));
        parseAgentDocument(both('Go', matter));
        mentionsSettings(both('Go', matter));
      }
    },
  },
  'parseAgentDocument: keys': {
    size: 40_000,
    run: (size) => {
      parseAgentDocument(
        both(
          'Go',
          lines(size, (index) => `k${String(index)}: 1`),
        ),
      );
    },
  },
  'parsePromptFile: an empty front matter and a long prompt': {
    size: 20_000,
    run: (size) => {
      parsePromptFile(both('\n'.repeat(size), 'quantconnect:\n  agent: Mia'));
    },
  },
  'settingsEdits: aliases and depth': {
    size: 100,
    run: (size) => {
      settingsEdits(
        both('Go', `a: &a [1]\n${lines(Math.min(size, 5_000), (index) => `k${String(index)}: [*a, *a]`)}`),
        { agent: 'Mia' },
      );
      settingsEdits(both('Go', `a: ${'['.repeat(size)}${']'.repeat(size)}`), { agent: 'Mia' });
    },
  },
  'completionTargetAt: blanks behind a value': {
    size: 50_000,
    run: (size) => {
      completionTargetAt(both('Go', `quantconnect:\n  agent: a${blanks(size)}b`), { line: 2, character: 9 });
    },
  },
  'suggestionsAt and explanationAt: blanks': {
    size: 50_000,
    run: (size) => {
      for (const line of [
        `${blanks(size)}x`,
        `${blanks(size)}- x${blanks(size)}y`,
        `tools:${blanks(size)}x y`,
        'a'.repeat(size),
        '- '.repeat(size / 2),
      ]) {
        const text = `---\nsubAgents:\n${line}\n---\n`;
        suggestionsAt(text, { line: 2, character: line.length }, { models: [], agents: [] });
        explanationAt(text, { line: 2, character: line.length - 1 }, { models: [], agents: [] });
      }
    },
  },
  'taskNameFor: headings': {
    size: 50_000,
    run: (size) => {
      for (const text of [
        `# a${blanks(size)}b`,
        `# ${blanks(size)}\u2028b`,
        `# ${'['.repeat(size)}`,
        `# a${'_'.repeat(size)}b`,
        `# ${'# '.repeat(size / 2)}`,
        `${'`'.repeat(size)}\n# a\n${'`'.repeat(size)}`,
        `${blanks(size)}<python>`,
        `# ${'[]('.repeat(size / 3)}`,
      ]) {
        taskNameFor({}, 'a.prompt.md', text);
      }
    },
  },
  'scalarText: long names': {
    size: 50_000,
    run: (size) => {
      for (const piece of ['a', 'a ', ' ', '-', 'é']) scalarText(`a${piece.repeat(size / piece.length)}!`);
    },
  },
  // The sandbox gets prompts from outside.
  'readPrompt: blocks without an end': {
    size: 100_000,
    run: (size) => {
      readPrompt('<python>'.repeat(size / 8));
      readPrompt('[sandbox:'.repeat(size / 9));
      readPrompt('. '.repeat(size / 2));
      readPrompt('1 '.repeat(size / 2));
    },
  },
};
