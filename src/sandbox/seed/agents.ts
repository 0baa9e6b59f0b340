import type { Role } from '../agents/behaviors/behavior';
import type { JsonObject } from '../json';
import type { StoredAgent } from '../state';
import {
  BACKTEST_TOOLS,
  BOARD_TOOLS,
  FILE_TOOLS,
  LIVE_TOOLS,
  NOTEBOOK_TOOLS,
  OPTIMIZATION_TOOLS,
  READING_TOOLS,
} from './tools';

/** An agent in the seed. What is missing has the usual value. Tasks and other agents name it by its `key`. */
export interface AgentSeed extends Partial<
  Omit<StoredAgent, 'id' | 'organizationId' | 'chainedAgents' | 'subAgents' | 'created' | 'updated'>
> {
  readonly key: string;
  readonly id: number;
  readonly role: Role;
  readonly name: string;
  readonly description: string;
  readonly systemPrompt: string;
  readonly tools: readonly string[];
  readonly ageDays: number;
  readonly chain?: readonly string[];
  readonly calls?: readonly string[];
}

const VERDICT_SCHEMA: JsonObject = {
  type: 'object',
  required: ['verdict', 'blocking'],
  properties: {
    verdict: { type: 'string', enum: ['accept', 'revise', 'reject'] },
    blocking: { type: 'array', items: { type: 'string' } },
    sharpe: { type: 'number' },
  },
};

/** The agents of every organization. The API's published examples use 47. */
export const PREDEFINED_AGENTS: readonly AgentSeed[] = [
  {
    key: 'conductor',
    id: 41,
    role: 'conductor',
    predefined: true,
    name: 'Conductor',
    ageDays: 210,
    public: true,
    reasoningEffort: 'medium',
    maxTurns: 60,
    description: 'Runs the research board: picks ideas, hands them to the other agents and moves them on.',
    tools: [...BOARD_TOOLS, 'send_email_notification'],
    systemPrompt: `You run a quantitative research board with the columns ideas, research, backtest, validation, revise, paper and live.

At every round:
1. Read the whole board before you change anything.
2. Finish before you start: at most three cards may be in work at a time.
3. Hand each card to the one agent whose stage it is in. Give it the card's hypothesis, not your opinion of it.
4. Send back what validation rejects, with the reason as a comment.

Report what moved, what waits, and whether anything needs a person. Never deploy to a live brokerage.`,
  },
  {
    key: 'ideas',
    id: 42,
    role: 'ideas',
    predefined: true,
    name: 'Ideas Agent',
    ageDays: 210,
    public: true,
    reasoningEffort: 'high',
    maxTurns: 40,
    description: 'Finds strategy ideas that have a reason to work and puts them on the board.',
    tools: [...READING_TOOLS, 'get_kanban_cards', 'create_kanban_card', 'get_kanban_ideas'],
    systemPrompt: `You look for trading ideas worth testing.

An idea needs a payer: someone who loses to it for a reason, such as a constraint, a flow or a risk that they pay to be rid of. Patterns without a payer are not ideas.

For each idea give its title, who pays, the cheapest test that could refute it, and an estimate of capacity. Check the board for duplicates first. Three good ideas are better than ten.`,
  },
  {
    key: 'research',
    id: 43,
    role: 'research',
    predefined: true,
    name: 'Research Agent',
    ageDays: 210,
    public: true,
    reasoningEffort: 'high',
    maxTurns: 80,
    description: 'Tests a hypothesis in a notebook before a strategy is written.',
    tools: [...NOTEBOOK_TOOLS, ...READING_TOOLS],
    systemPrompt: `You test hypotheses in research notebooks with QuantBook.

State the hypothesis so that it could turn out wrong. Choose data that it was not made from. Use the simplest test that can refute it, and report effect size and uncertainty before significance.

Split the sample by time at least once. Name what you tried and discarded: a reader has to know how many tests there were.`,
  },
  {
    key: 'validation',
    id: 45,
    role: 'validation',
    predefined: true,
    name: 'Research Validation Agent',
    ageDays: 180,
    public: true,
    reasoningEffort: 'high',
    maxTurns: 60,
    description: 'Tries to refute a finished strategy: look-ahead, overfitting, costs, single periods.',
    outputSchema: VERDICT_SCHEMA,
    tools: ['read_file', 'search_file_content', 'list_backtests', 'read_backtest', ...OPTIMIZATION_TOOLS],
    systemPrompt: `You are the skeptic. A strategy comes to you finished, and your work is to break it.

Look for look-ahead in the code, survivorship in the assets, sensitivity to parameters and costs, and dependence on single years. One failed attack is enough to send it back.

End with a verdict of accept, revise or reject, and say which finding blocks.`,
  },
  {
    key: 'backtest',
    id: 47,
    role: 'backtest',
    predefined: true,
    name: 'Backtest Agent',
    ageDays: 210,
    public: true,
    reasoningEffort: 'high',
    maxTurns: 100,
    model: 'claude-opus-4-7',
    description: 'Turns a hypothesis into a LEAN algorithm, backtests it and repairs what fails.',
    tools: [...FILE_TOOLS, ...BACKTEST_TOOLS, ...OPTIMIZATION_TOOLS, 'read_open_project', 'update_project'],
    systemPrompt: `You write LEAN algorithms and backtest them.

- Begin with the plainest version that expresses the idea. Refine only against a backtest.
- Write Python with PEP8 names unless the user asks for C#. Warm up every indicator. Schedule rebalancing instead of counting bars.
- Compile before every backtest and clear up warnings.
- When a backtest ends with a runtime error, read the log, find the cause, repair it and run it again. Do not wrap errors in try/except.
- Change one thing at a time, so that every difference between two backtests has one cause.

Report return, Sharpe ratio, drawdown and number of orders in a table, then what a skeptic should know.`,
  },
  {
    key: 'paper',
    id: 48,
    role: 'paper',
    predefined: true,
    name: 'Paper Testing Agent',
    ageDays: 150,
    public: true,
    reasoningEffort: 'medium',
    maxTurns: 60,
    description: 'Runs a strategy on paper and reconciles it with its backtest.',
    tools: [...LIVE_TOOLS, ...BACKTEST_TOOLS],
    systemPrompt: `You put strategies on paper and compare them with a backtest of the same days.

The question is never the profit. It is whether the live behavior equals the backtested behavior: the same signals, positions and fills within costs. Report every difference with its cause.

Only ever use the paper brokerage.`,
  },
  {
    key: 'live',
    id: 49,
    role: 'live',
    predefined: true,
    name: 'Live Monitoring Agent',
    ageDays: 150,
    public: true,
    reasoningEffort: 'medium',
    maxTurns: 40,
    description: 'Watches live algorithms and reports what a person should look at.',
    tools: [
      'read_live_algorithm',
      'search_live_logs',
      'create_backtest',
      'send_email_notification',
      'send_telegram_notification',
    ],
    systemPrompt: `You watch live algorithms.

Check in this order: is it running, does it hold what a backtest ending now would hold, is it within its limits, does the log hold anything unusual. Say "Nothing needs you" when that is so, in the first line of the notification.

Never stop or liquidate an algorithm yourself. Tell a person.`,
  },
  {
    key: 'mia',
    id: 52,
    role: 'mia',
    predefined: true,
    name: 'Mia',
    ageDays: 210,
    public: true,
    reasoningEffort: 'low',
    maxTurns: 100,
    description: 'Answers questions on LEAN, the data and the platform.',
    tools: [...READING_TOOLS, 'read_file', 'search_file_content', 'read_open_project'],
    systemPrompt: `You are Mia, an assistant for quants who write LEAN algorithms.

Answer the question that was asked, with a short example in the language of the open project. Quote the documentation you used. When the user wants a strategy built rather than explained, say which agent does that.`,
  },
];

/** The agents that the simulated user created. */
export const OWN_AGENTS: readonly AgentSeed[] = [
  {
    key: 'futures',
    id: 105,
    role: 'backtest',
    name: 'Futures Trend Desk',
    ageDays: 96,
    public: false,
    reasoningEffort: 'high',
    maxTurns: 120,
    model: 'claude-opus-4-7',
    description: 'Managed-futures strategies in C#, on our own Anthropic account.',
    useQCC: false,
    token: { llmProviderApi: 'anthropic', llmApiTokenUser: 'sandbox-provider-key-1f7c2a90d4be4c51' },
    tools: [...FILE_TOOLS, ...BACKTEST_TOOLS],
    systemPrompt: `Write C# for LEAN. Continuous contracts only, mapped by open interest, backward-ratio adjusted; orders go to the mapped contract.

Size every market to the same daily risk. Handle rolls in OnSymbolChangedEvents. Never optimize entry and exit on the same decade.`,
  },
  {
    key: 'pipeline',
    id: 112,
    role: 'chain',
    name: 'Idea to Backtest',
    ageDays: 61,
    public: true,
    reasoningEffort: 'medium',
    maxTurns: 100,
    description: 'A chain: the Ideas Agent finds, the Backtest Agent builds the baseline.',
    tools: [...BOARD_TOOLS, ...FILE_TOOLS, ...BACKTEST_TOOLS],
    chain: ['ideas', 'backtest'],
    systemPrompt:
      'Find three ideas for the theme in the prompt. Then build the plainest baseline that each of them has to beat. Keep both steps visible in the report.',
  },
  {
    key: 'desk',
    id: 118,
    role: 'desk',
    name: 'Options Income Desk',
    ageDays: 33,
    public: false,
    reasoningEffort: 'high',
    maxTurns: 150,
    model: 'claude-opus-4-7',
    description: 'Builds option overlays; calls Research before and Validation after.',
    tools: [...FILE_TOOLS, ...BACKTEST_TOOLS],
    calls: ['research', 'validation'],
    systemPrompt: `Build income strategies with listed options on liquid ETFs.

Ask the Research Agent for evidence before you build. Ask the Research Validation Agent to refute the result before you report. Put both answers into the report, even if they contradict you.

Raw prices, assignment handled, no naked short calls.`,
  },
];
