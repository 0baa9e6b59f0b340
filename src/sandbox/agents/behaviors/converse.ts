import { mentions } from '../promptFacts';
import { openScript, type Behavior, type Stage } from './behavior';

/** Answers a prompt that asks for words, not code. */
export const converse: Behavior = {
  id: 'converse',
  play(stage) {
    const { facts } = stage;
    const writer = openScript(stage);
    const topic = TOPICS.find(({ words }) => mentions(facts, ...words)) ?? GENERAL;
    writer.think(`“${facts.gist}” — ${topic.thought}`);
    if (topic.url) {
      writer.tool(
        'fetch_url',
        { url: topic.url },
        { success: true, errors: [], url: topic.url, title: topic.title, length: 18_420 },
      );
      writer.part({ type: 'source-url', sourceId: `src-${stage.random.text(8)}`, url: topic.url, title: topic.title });
    }
    writer.say(topic.answer(stage));
    return writer.finish({ notes: stage.notes });
  },
};

interface Topic {
  readonly words: readonly string[];
  readonly thought: string;
  readonly url?: string;
  readonly title: string;
  answer(stage: Stage): string;
}

const TOPICS: readonly Topic[] = [
  {
    words: ['warm up', 'warm-up', 'warmup', 'indicator'],
    thought:
      'the usual confusion between set_warm_up and automatic indicator warm-up. A short example says more than the definitions.',
    url: 'https://www.quantconnect.com/docs/v2/writing-algorithms/indicators/automatic-indicators',
    title: 'Automatic Indicators',
    answer: () => `There are two ways, and they solve different problems:

| | \`self.settings.automatic_indicator_warm_up\` | \`self.set_warm_up(...)\` |
|---|---|---|
| What is fed | the indicator, when it is created | the whole algorithm |
| Cost | one history request per indicator | replays every bar |
| Your code runs | no | yes, with \`is_warming_up\` true |

For indicators alone the first is enough:

\`\`\`python
def initialize(self) -> None:
    self.settings.automatic_indicator_warm_up = True
    self._spy = self.add_equity("SPY", Resolution.DAILY)
    self._spy.trend = self.sma(self._spy.symbol, 200, Resolution.DAILY)
    # Ready at once: no "if not is_ready" on the first bar.
\`\`\`

Indicators that you make by hand and update yourself are not covered. Use \`self.warm_up_indicator(symbol, indicator)\` for those, *after* you have wired their inputs.`,
  },
  {
    words: ['order', 'fill', 'reject', 'buying power', 'insufficient'],
    thought:
      'rejected orders nearly always come down to buying power at the moment of the order, not at the moment of the decision.',
    url: 'https://www.quantconnect.com/docs/v2/writing-algorithms/trading-and-orders/order-management/order-tickets',
    title: 'Order Tickets',
    answer: () => `Three causes, most common first:

1. **The buffer is too small.** \`set_holdings\` targets 100% at the price it sees, and the fill comes at another. Set \`self.settings.free_portfolio_value_percentage = 0.05\`.
2. **Sells and buys in the wrong order.** Pass the whole list to one \`self.set_holdings([...], True)\`: LEAN frees buying power first.
3. **A contract multiplier.** One E-mini contract is 50 times the index; check \`security.symbol_properties.contract_multiplier\`.

Ask the ticket itself what happened:

\`\`\`python
ticket = self.market_order(self._symbol, 100)
if ticket.status == OrderStatus.INVALID:
    self.error(ticket.get_most_recent_order_response().error_message)
\`\`\``,
  },
  {
    words: ['sharpe', 'statistic', 'metric', 'significan', 'overfit'],
    thought:
      'the question behind it is whether the number can be trusted. I should give a rule of thumb and its arithmetic.',
    title: 'Sharpe ratio',
    answer:
      () => `A Sharpe ratio measured over $T$ years has a standard error of about $1/\\sqrt{T}$ (more with fat tails). So after five years:

- a measured **1.0** is compatible with anything from 0.1 to 1.9
- a measured **0.5** cannot be told from nothing
- the best of twenty variants tried shows about **0.8** even when all are worthless

That is why LEAN reports the *probabilistic* Sharpe ratio beside it. Look at that one, count how many variants you have tried, and be twice as demanding for each tenfold increase.`,
  },
];

const GENERAL: Topic = {
  words: [],
  thought: 'I can answer this without running anything. Short, with what to do next.',
  title: 'Answer',
  answer: ({ facts, agent, notes }) => `You wrote: “${facts.gist}”

Here is how I would go about it:

1. **Write the hypothesis down** in one sentence that could turn out wrong.
2. **Pick the data that could refute it**, including a period that you have not looked at yet.
3. **Build the plainest version first.** Every refinement has to beat it on the same period.

${notes ? 'The project holds the last version we built; tell me what to change in it.' : `Name an asset, a rhythm and a rule, for example “momentum on QQQ and GLD with monthly rebalancing”, and ${agent.role === 'mia' ? 'the Backtest Agent' : 'I'} can build and test it.`}`,
};

/** Answers a greeting or a test message. */
export const quick: Behavior = {
  id: 'quick',
  play(stage) {
    const writer = openScript(stage);
    writer.say(
      `Hello! I am ${stage.agent.name}, played by the sandbox. Nothing here costs anything or trades anything. Ask me for a strategy, e.g. *“Build a pairs trade between KO and PEP”*, and watch it being built.`,
    );
    return writer.finish({ notes: stage.notes });
  },
};
