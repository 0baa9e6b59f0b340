/**
 * Turns a tool's name into words. A name needs an entry only if its words are in an unusual order. The list of known
 * tools is in core/agentFile/knownTools.ts.
 */
import type { VerbKey } from '../../words/keys/verb';
import type { ToolKey } from '../../words/keys/tool';
import { written } from '../../words/texts';

const LIVE_TOOLS: ReadonlySet<string> = new Set([
  'create_live_algorithm',
  'stop_live_algorithm',
  'liquidate_live_algorithm',
]);

/** Whether a tool acts on live trading, which is real money. Tools that only read do not count. */
export function isLiveTool(name: string): boolean {
  return LIVE_TOOLS.has(name);
}

/** How far a call is: not started, running, done or failed. */
export type CallStage = 'asked' | 'running' | 'done' | 'failed';

type Verb = VerbKey extends `verb.${infer V}.${string}` ? V : never;

/** First words of tool names that are verbs. `stop` is not one, because a tool about stop losses stops nothing. */
const FIRST_WORDS: ReadonlyMap<string, Verb> = new Map([
  ...(
    [
      'abort',
      'create',
      'delete',
      'deploy',
      'edit',
      'fetch',
      'initialize',
      'list',
      'read',
      'search',
      'select',
      'send',
      'update',
    ] as const
  ).map((verb): [string, Verb] => [verb, verb]),
  ['execute', 'run'],
  ['get', 'read'],
]);

/** Names that cannot be read word by word. */
const SPECIAL: ReadonlyMap<string, readonly [verb: Verb, object: ToolKey]> = new Map([
  ['create_live_algorithm', ['deploy', 'tool.liveAlgorithm']],
  ['fetch_url', ['fetch', 'tool.webPage']],
  ['financial_data_blog_posts', ['read', 'tool.blogPosts']],
  ['financial_data_news_articles', ['read', 'tool.newsArticles']],
  ['liquidate_live_algorithm', ['liquidate', 'tool.liveAlgorithm']],
  ['object_store_get', ['read', 'tool.fromObjectStore']],
  ['object_store_set', ['write', 'tool.toObjectStore']],
  ['send_sms_notification', ['send', 'tool.sms']],
  ['stop_live_algorithm', ['stop', 'tool.liveAlgorithm']],
  ['user_input', ['ask', 'tool.theUser']],
]);

/** Longer names are cut. */
const MAX_NAME_LENGTH = 200;

/**
 * What a call does or did. For `search_backtest_logs` and `done`: *Searched backtest logs*. A tool without a known verb
 * has the same words at every stage.
 *
 * @param object what the tool acts on, if more is known than its name says: `main.py`.
 */
export function callWords(name: string, stage: CallStage, object?: string): string {
  const special = SPECIAL.get(name);
  const [verb, named] = special ? [special[0], written(special[1])] : readName(name.slice(0, MAX_NAME_LENGTH));
  const what = object ?? named;
  if (verb === undefined) return upperFirst(what) || name.slice(0, MAX_NAME_LENGTH);
  return written(`verb.${verb}.${stage}`, what).trim();
}

function readName(name: string): readonly [verb: Verb | undefined, object: string] {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[\s_-]+/)
    .filter((word) => word !== '');
  // In names of notebook tools, the verb comes second: `jupyter_create_cell`.
  if (words[0] === 'jupyter' && words.length > 1)
    words.splice(
      0,
      words.length,
      ...words.slice(1, 2),
      'notebook',
      ...words.slice(2).filter((word) => word !== 'notebook'),
    );
  const verb = FIRST_WORDS.get(words[0] ?? '');
  return [verb, words.slice(verb === undefined ? 0 : 1).join(' ')];
}

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
