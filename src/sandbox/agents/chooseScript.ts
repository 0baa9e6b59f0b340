import { behaviorById } from './behaviors';
import type { Role } from './behaviors/behavior';
import { wishOf } from './followUps';
import { mentions, readPrompt } from './promptFacts';
import { strategyFor } from './strategies';

const BY_ROLE: Readonly<Record<Role, string>> = {
  conductor: 'conductor',
  ideas: 'ideas',
  research: 'research',
  validation: 'validation',
  backtest: 'build',
  paper: 'paper',
  live: 'live',
  mia: 'converse',
  desk: 'desk',
  chain: 'chain',
};

/** Phrases in a prompt that choose the script. docs/sandbox.md lists them. */
const PHRASES: readonly (readonly [phrase: string, scriptOf: (strategyId: string) => string])[] = [
  ['runtime error', (id) => `build/${id}/failed`],
  ['compile warning', (id) => `build/${id}/warned`],
  ['compile error', (id) => `build/${id}/miscompiled`],
  ['walk-forward', (id) => `long/${id}`],
  ['walk forward', (id) => `long/${id}`],
  ['provider error', () => 'provider-error'],
];

/**
 * The script that answers a prompt: `[sandbox: <script id>]` in the prompt, else a phrase, else the agent's role. A
 * script ID is a behavior and its details, such as `build/pairs/repaired`.
 */
export function chooseScript(prompt: string, role: Role, isFollowUp: boolean): string {
  const directive = /\[sandbox:\s*([\w/-]+)\s*\]/i.exec(prompt)?.[1];
  if (directive !== undefined && behaviorById(directive.split('/')[0] ?? '')) return directive;
  const facts = readPrompt(prompt);
  if (isFollowUp) return 'follow-up';
  if (/^\s*(hello|hi|hey)\b.{0,20}$|^\s*(ping|test)\W*$/i.test(prompt)) return 'quick';
  const strategyId = strategyFor(facts).id;
  const chosen = PHRASES.find(([phrase]) => mentions(facts, phrase));
  if (chosen) return chosen[1](strategyId);
  if (role === 'backtest' && wishOf(facts) === 'question') return 'converse';
  return BY_ROLE[role] === 'build' ? `build/${strategyId}` : BY_ROLE[role];
}
