/**
 * Conversations as an agent writes them: prompts, thoughts, code that is written and repaired, compiles, backtests,
 * tables. They are the same in every run.
 */

type Json = Readonly<Record<string, unknown>>;

export interface ApiMessage {
  readonly id: string;
  readonly role: string;
  readonly time: string;
  readonly parts: readonly Json[];
}

const INDICATORS = ['momp', 'rsi', 'sma', 'ema', 'macd', 'atr', 'bollinger', 'roc'];
const SYMBOLS = ['QQQ', 'SPY', 'TLT', 'GLD', 'IWM', 'EFA', 'VNQ', 'XLK'];
const WORDS =
  'the strategy holds momentum return drawdown month signal positive risk asset portfolio rebalance position volatility benchmark period because while after before falls rises exits enters weight cash fees slippage order'.split(
    ' ',
  );

class Writer {
  constructor(private state: number) {}

  below(limit: number): number {
    this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.state / 2 ** 32) * limit);
  }

  one(list: readonly string[]): string {
    return list[this.below(list.length)] ?? '';
  }

  sentence(words: number): string {
    const text = Array.from({ length: words }, () => this.one(WORDS)).join(' ');
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  }

  paragraph(sentences: number): string {
    return Array.from({ length: sentences }, () => this.sentence(8 + this.below(9))).join(' ');
  }

  code(lines: number): string {
    const body = Array.from({ length: lines }, (_, line) => {
      const indicator = this.one(INDICATORS);
      switch (this.below(4)) {
        case 0:
          return `        self._${indicator}_${String(line)} = self.${indicator}("${this.one(SYMBOLS)}", ${String(5 + this.below(250))}, Resolution.DAILY)`;
        case 1:
          return `        if self._${indicator}_${String(line)}.current.value > ${String(this.below(100) / 100)}:`;
        case 2:
          return `            self.set_holdings("${this.one(SYMBOLS)}", ${String(this.below(100) / 100)})  # ${this.sentence(4)}`;
        default:
          return `        self.debug(f"{self.time} ${indicator} {self.portfolio.total_portfolio_value:.2f}")`;
      }
    });
    return `from AlgorithmImports import *\n\n\nclass Strategy(QCAlgorithm):\n    def initialize(self):\n${body.join('\n')}\n`;
  }

  table(rows: number): string {
    const lines = Array.from(
      { length: rows },
      () =>
        `| ${this.one(SYMBOLS)} | ${String(this.below(3_000) / 100)} % | ${String(this.below(300) / 100)} | ${String(this.below(4_000) / 100)} % |`,
    );
    return `| Asset | Return | Sharpe | Drawdown |\n|---|---:|---:|---:|\n${lines.join('\n')}`;
  }
}

function answer(structuredContent: Json): Json {
  return { content: [{ type: 'text', text: JSON.stringify(structuredContent) }], structuredContent };
}

/** @param count the number of messages. Every second one is the agent's, with nine parts. */
export function conversation(count: number): readonly ApiMessage[] {
  const writer = new Writer(count);
  return Array.from({ length: count }, (_, index): ApiMessage => {
    const time = new Date(Date.UTC(2026, 4, 1) + index * 7 * 60_000).toISOString().slice(0, 19).replace('T', ' ');
    const id = `msg_${String(index).padStart(5, '0')}`;
    if (index % 2 === 0)
      return { id, role: 'user', time, parts: [{ type: 'text', text: writer.paragraph(1 + writer.below(3)) }] };
    const call = (name: string, input: Json, output: Json): Json => ({
      type: 'dynamic-tool',
      toolName: name,
      toolCallId: `call_${id}_${name}`,
      state: 'output-available',
      input: { projectId: 22_817_342, ...input },
      output,
    });
    const wrong = writer.sentence(5);
    return {
      id,
      role: 'assistant',
      time,
      parts: [
        { type: 'reasoning', text: writer.paragraph(6), state: 'done' },
        call('create_file', { filePath: 'main.py', content: writer.code(34) }, answer({ success: true, errors: [] })),
        call(
          'create_compile',
          {},
          answer({
            success: true,
            compileId: writer.sentence(2),
            state: 'BuildSuccess',
            errors: [],
            warnings: [wrong],
          }),
        ),
        { type: 'text', text: `${writer.paragraph(2)}\n\n\`\`\`python\n${writer.code(8)}\`\`\``, state: 'done' },
        call(
          'edit_file',
          { filePath: 'main.py', oldString: writer.code(3), newString: writer.code(5) },
          answer({ success: true, errors: [] }),
        ),
        call(
          'create_backtest',
          { backtestName: writer.sentence(3) },
          answer({
            success: true,
            errors: [],
            backtest: {
              statistics: {
                'Sharpe Ratio': String(writer.below(300) / 100),
                Drawdown: `${String(writer.below(4_000) / 100)}%`,
                'Total Orders': String(writer.below(900)),
                'Net Profit': `${String(writer.below(30_000) / 100)}%`,
              },
            },
          }),
        ),
        call('read_file', { filePath: 'research.py' }, { content: [{ type: 'text', text: writer.code(14) }] }),
        {
          type: 'source-url',
          sourceId: `source_${id}`,
          url: 'https://www.quantconnect.com/docs/v2/writing-algorithms/indicators',
          title: 'Indicators',
        },
        {
          type: 'text',
          state: 'done',
          text: `## ${writer.sentence(4)}\n\n${writer.paragraph(4)}\n\n${writer.table(6)}\n\n1. ${writer.sentence(9)}\n2. ${writer.sentence(12)}\n   - ${writer.sentence(6)}\n\n> ${writer.sentence(10)}\n\nSee [the indicator](https://www.quantconnect.com/docs) and \`self.set_holdings\`.`,
        },
      ],
    };
  });
}

/** The answer that the API would send. */
export function bodyOf(messages: readonly ApiMessage[]): string {
  return JSON.stringify({
    success: true,
    errors: [],
    conversation: {
      id: 'A-00000000000000000000000000000001',
      messages,
      inputTokens: 4_812_000,
      outputTokens: 600_400,
      aggregateStatus: 'Completed',
    },
  });
}
