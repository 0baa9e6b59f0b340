import type { ScriptWriter } from '../scriptWriter';
import { spoken } from '../strategies/strategy';
import { BUILD_SECONDS, openScript, type Behavior, type Stage } from './behavior';

interface Idea {
  readonly title: string;
  readonly source: string;
  readonly edge: string;
  readonly test: string;
}

const IDEAS: readonly [Idea, ...Idea[]] = [
  {
    title: 'Overnight premium in index ETFs',
    source: 'The overnight drift',
    edge: 'Nearly all of the equity premium accrues between close and open.',
    test: 'Buy SPY at the close and sell at the open, after costs, since 1998.',
  },
  {
    title: 'Post-earnings drift in mid caps',
    source: 'Post-earnings announcement drift',
    edge: 'Prices keep moving in the direction of the surprise for weeks where analysts are few.',
    test: 'Enter the day after surprises above two standard deviations, hold 40 days.',
  },
  {
    title: 'Turn-of-month flows',
    source: 'Equity returns at the turn of the month',
    edge: 'Pension contributions buy around month end whatever the price.',
    test: 'Hold IWM from the last two to the first three trading days.',
  },
  {
    title: 'VIX term structure as a risk switch',
    source: 'The VIX futures basis',
    edge: 'An inverted curve means that hedges are bought at any price.',
    test: 'Halve equity exposure while the front month is above the third.',
  },
  {
    title: 'Commodity carry',
    source: 'Carry',
    edge: 'Backwardated commodities pay those who provide insurance to producers.',
    test: 'Rank twelve futures by annualized roll yield, long the top third, short the bottom.',
  },
  {
    title: 'Treasury auctions and duration',
    source: 'Price pressure around auctions',
    edge: 'Dealers cheapen the ten-year before auctions to make room.',
    test: 'Short ZN two days before, cover at the auction.',
  },
];

/** Finds ideas to test and puts them on the board. */
export const ideas: Behavior = {
  id: 'ideas',
  play(stage) {
    const writer = openScript(stage);
    collectIdeas(writer, stage);
    return writer.finish({ notes: stage.notes, seconds: BUILD_SECONDS });
  },
};

export function collectIdeas(writer: ScriptWriter, { facts, random }: Stage): void {
  const offset = random.fork('choice').integer(0, IDEAS.length - 1);
  const chosen = [0, 1, 2].map((index) => IDEAS[(offset + index * 2) % IDEAS.length] ?? IDEAS[0]);
  writer.think(
    `“${facts.gist}” I want ideas with a reason why someone is on the other side of the trade: a flow, a constraint or a risk that others pay to be rid of. Patterns without a payer are overfitting with a story.`,
  );
  writer.tool(
    'financial_data_blog_posts',
    { query: facts.gist.slice(0, 80), limit: 5 },
    {
      success: true,
      errors: [],
      posts: chosen.map(({ source }, index) => ({ title: source, year: 2024 - index })),
    },
    { seconds: 2 },
  );
  for (const { source } of chosen) {
    writer.part({
      type: 'source-document',
      sourceId: `doc-${random.text(6)}`,
      mediaType: 'application/pdf',
      title: source,
      filename: `${source.toLowerCase().replaceAll(/[^a-z]+/g, '-')}.pdf`,
    });
  }
  writer.tool(
    'financial_data_news_articles',
    { query: spoken(chosen.map(({ title }) => title)).slice(0, 100), limit: 10 },
    { success: true, errors: [], articles: [] },
    { seconds: 1.5 },
  );
  writer.tool(
    'get_kanban_cards',
    { column: 'ideas' },
    { success: true, errors: [], cards: [{ cardId: 311, title: 'Gold/silver ratio reversion', column: 'ideas' }] },
  );
  writer.say('No news contradicts these three. I checked the board, so that none is a duplicate, and add them now.');
  chosen.forEach(({ title, edge, test }, index) => {
    writer.tool(
      'create_kanban_card',
      { column: 'ideas', title, description: `${edge}\n\nTest: ${test}` },
      { success: true, errors: [], card: { cardId: 320 + index + offset * 3, title, column: 'ideas' } },
    );
  });
  writer.say(`## Three ideas, in the order in which I would test them

${chosen.map(({ title, edge, test }, index) => `${String(index + 1)}. **${title}**  \n   *Who pays:* ${edge}  \n   *Cheapest test:* ${test}`).join('\n')}

| Idea | Capacity | Turnover | Confidence |
|---|---|---|---:|
${chosen.map(({ title }, index) => `| ${title} | ${['high', 'medium', 'high'][index] ?? ''} | ${['daily', 'monthly', 'weekly'][index] ?? ''} | ${String(70 - index * 10 - (offset % 3) * 5)}% |`).join('\n')}

All three are on the board under **ideas**.`);
}

/** Runs the board: picks a card, has it built and moves it on. */
export const conductor: Behavior = {
  id: 'conductor',
  play(stage) {
    const { facts, random } = stage;
    const writer = openScript(stage);
    const deploymentId = `A-${random.text(32, '0123456789abcdef')}`;
    const idea = random.fork('choice').pick(IDEAS);
    writer.think(
      `“${facts.gist}” I look at the whole board first: work in progress is limited to three, and finishing beats starting.`,
    );
    writer.tool(
      'get_kanban_cards',
      {},
      {
        success: true,
        errors: [],
        cards: [
          { cardId: 318, title: idea.title, column: 'ideas', score: 70 },
          { cardId: 309, title: 'Risk parity with trend overlay', column: 'backtest', score: 64 },
          { cardId: 296, title: 'KO/PEP spread', column: 'validation', score: 58 },
          { cardId: 288, title: 'QQQ opening range', column: 'paper', score: 55 },
        ],
      },
    );
    writer.say(`Four cards, one of them waiting: **${idea.title}**. Backtest has room for one more.`);
    writer.tool(
      'select_kanban_card',
      { cardId: 318 },
      { success: true, errors: [], card: { cardId: 318, title: idea.title } },
    );
    writer.tool(
      'deploy_kanban_card',
      { cardId: 318, agent: 'Backtest Agent' },
      { success: true, errors: [], deploymentId, status: 'InQueue' },
      { seconds: 2 },
    );
    writer.tool('update_kanban_card', { cardId: 318, column: 'backtest' }, { success: true, errors: [] });
    writer.tool(
      'update_kanban_card',
      { cardId: 296, column: 'revise', comment: 'Validation: survivorship in the pair selection.' },
      { success: true, errors: [] },
    );
    writer.tool(
      'send_email_notification',
      {
        subject: 'Board: 1 started, 1 sent back',
        message: `${idea.title} started. KO/PEP spread sent back by validation.`,
      },
      { success: true, errors: [] },
    );
    writer.say(`## Board after this round

| Card | Was | Is now |
|---|---|---|
| ${idea.title} | ideas | **backtest** (running) |
| Risk parity with trend overlay | backtest | backtest |
| KO/PEP spread | validation | **revise** |
| QQQ opening range | paper | paper, day 12 of 30 |

Nothing waits for you. The next round should come when the backtest of *${idea.title}* has ended.`);
    return writer.finish({ notes: stage.notes, seconds: BUILD_SECONDS });
  },
};
