import type { Performance } from '../backtest';
import type { PromptFacts } from '../promptFacts';

/** An edit of a file: `oldString` stands in it exactly once. */
export interface Edit {
  readonly oldString: string;
  readonly newString: string;
}

/** A strategy as an agent would write it for a prompt. */
export interface Draft {
  /** What it is, as the object of "I'll build …". */
  readonly title: string;
  /** A name for backtests, e.g. `Momentum rotation`. */
  readonly name: string;
  readonly file: 'main.py' | 'Main.cs';
  /** The version that works. */
  readonly content: string;
  /**
   * How the first attempt goes wrong: undoing this edit breaks the content, and the backtest ends with the error, in
   * this method, at this line of code.
   */
  readonly flaw: Edit & {
    readonly error: string;
    readonly failsIn: string;
    readonly failsAt: string;
    readonly diagnosis: string;
  };
  /** What the agent tries after the first good backtest. */
  readonly refinement: Edit & {
    readonly idea: string;
    readonly name: string;
    readonly annualReturn: number;
    readonly volatility: number;
  };
  /** Deliberation before the first line of code. */
  readonly thinking: string;
  readonly rules: readonly string[];
  readonly caveats: readonly string[];
  readonly performance: Performance;
  readonly startYear: number;
  readonly cash: number;
}

export interface Strategy {
  readonly id: string;
  /** Beginnings of words that call for this strategy. */
  readonly words: readonly string[];
  readonly language: 'Python' | 'C#';
  write(facts: PromptFacts): Draft;
}

/** `["SPY", "QQQ"]`, as both languages can read it between brackets of their own. */
export function quoted(tickers: readonly string[]): string {
  return tickers.map((ticker) => `"${ticker}"`).join(', ');
}

/** `SPY, QQQ and TLT`. */
export function spoken(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

/** The prompt's tickers where it names any. */
export function tickersOr(facts: PromptFacts, ...usual: readonly string[]): readonly string[] {
  return facts.tickers.length > 0 ? facts.tickers : usual;
}

/** `self.date_rules.…` for the rhythm that the prompt asks for. */
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
