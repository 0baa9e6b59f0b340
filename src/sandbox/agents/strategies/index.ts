import { mentions, type PromptFacts } from '../promptFacts';
import { coveredCall } from './coveredCall';
import { cryptoBreakout } from './cryptoBreakout';
import { equityTrend } from './equityTrend';
import { futuresTrend } from './futuresTrend';
import { meanReversion } from './meanReversion';
import { momentumRotation } from './momentumRotation';
import { openingRange } from './openingRange';
import { pairs } from './pairs';
import { qualityValue } from './qualityValue';
import { riskParity } from './riskParity';
import type { Strategy } from './strategy';

/** A prompt is compared with them in this order; the more special ones come first. */
export const STRATEGIES: readonly Strategy[] = [
  pairs,
  coveredCall,
  openingRange,
  cryptoBreakout,
  futuresTrend,
  riskParity,
  meanReversion,
  momentumRotation,
  qualityValue,
  equityTrend,
];

/** The strategy with the most words in the prompt, in the prompt's language. */
export function strategyFor(facts: PromptFacts): Strategy {
  const usual = facts.language === 'C#' ? equityTrend : momentumRotation;
  const anyLanguage = mentions(facts, 'future') && !mentions(facts, 'python');
  const scored = STRATEGIES.filter(({ language }) => anyLanguage || language === facts.language).map((strategy) => ({
    strategy,
    score: strategy.words.filter((word) => mentions(facts, word)).length,
  }));
  const best = scored.reduce((leader, entry) => (entry.score > leader.score ? entry : leader), {
    strategy: usual,
    score: 0,
  });
  return best.strategy;
}

export function strategyById(id: string | undefined): Strategy | undefined {
  return STRATEGIES.find((strategy) => strategy.id === id);
}
