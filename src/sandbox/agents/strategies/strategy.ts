import type { Performance } from '../backtest';
import type { PromptFacts } from '../promptFacts';

/** An edit of a file that contains `oldString` exactly once. */
export interface Edit {
  readonly oldString: string;
  readonly newString: string;
}

/** A strategy, as an agent would write it for a prompt. */
export interface Draft {
  /** Its description after “I'll build …”. */
  readonly title: string;
  /** A name for backtests, such as `Momentum rotation`. */
  readonly name: string;
  readonly file: 'main.py' | 'Main.cs';
  /** The working version. */
  readonly content: string;
  /**
   * The mistake of the first attempt. Undoing this edit breaks the code, and the backtest stops with this error, in
   * this method, at this line.
   */
  readonly flaw: Edit & {
    readonly error: string;
    readonly failsIn: string;
    readonly failsAt: string;
    readonly diagnosis: string;
  };
  /** What the agent tries after the first successful backtest. */
  readonly refinement: Edit & {
    readonly idea: string;
    readonly name: string;
    readonly annualReturn: number;
    readonly volatility: number;
  };
  /** What the agent thinks before the first line of code. */
  readonly thinking: string;
  readonly rules: readonly string[];
  readonly caveats: readonly string[];
  readonly performance: Performance;
  readonly startYear: number;
  readonly cash: number;
}

export interface Strategy {
  readonly id: string;
  /** Starts of words that ask for this strategy. */
  readonly words: readonly string[];
  readonly language: 'Python' | 'C#';
  write(facts: PromptFacts): Draft;
}

/** `["SPY", "QQQ"]`, which both languages can read. */
export function quoted(tickers: readonly string[]): string {
  return tickers.map((ticker) => `"${ticker}"`).join(', ');
}

/** `SPY, QQQ and TLT`. */
export function spoken(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

/** The tickers in the prompt, if there are any. */
export function tickersOr(facts: PromptFacts, ...usual: readonly string[]): readonly string[] {
  return facts.tickers.length > 0 ? facts.tickers : usual;
}

/** `self.date_rules.…` for the rhythm in the prompt. */
export function pythonDateRule(facts: PromptFacts, symbol: string, usual: 'weekly' | 'monthly'): string {
  switch (facts.cadence ?? usual) {
    case 'daily':
      return `self.date_rules.every_day(${symbol})`;
    case 'weekly':
      return `self.date_rules.week_start(${symbol})`;
    case 'monthly':
    case 'quarterly':
      return `self.date_rules.month_start(${symbol})`;
  }
}
