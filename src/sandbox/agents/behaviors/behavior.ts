import type { Random } from '../../random';
import type { PromptFacts } from '../promptFacts';
import { ScriptWriter } from '../scriptWriter';
import type { ProjectNotes, Script } from '../timeline';

/** The purpose of an agent. Agents that users create build strategies. */
export type Role =
  'conductor' | 'ideas' | 'research' | 'validation' | 'backtest' | 'paper' | 'live' | 'mia' | 'desk' | 'chain';

export interface CastMember {
  readonly id: number;
  readonly name: string;
  readonly role: Role;
}

/** Everything that a scripted run can depend on. */
export interface Stage {
  readonly facts: PromptFacts;
  readonly random: Random;
  readonly agent: CastMember;
  /** The other agents, in order: those of the chain, or the sub-agents. */
  readonly others: readonly CastMember[];
  readonly projectId: number;
  readonly isFollowUp: boolean;
  /** The project's files after the earlier turns. */
  readonly files: ReadonlyMap<string, string>;
  readonly notes: ProjectNotes | undefined;
  /** The details after the behavior's name in a script ID, such as `pairs` and `repaired`. */
  readonly details: readonly string[];
}

/** A way to answer a prompt. */
export interface Behavior {
  readonly id: string;
  play(stage: Stage): Script;
}

/** A new deployment waits in the queue for a moment. A later prompt starts at once. */
export function openScript(stage: Stage): ScriptWriter {
  const random = stage.random.fork('script');
  return stage.isFollowUp ? new ScriptWriter(random, 0, 900) : new ScriptWriter(random, 1400, 600);
}

/** How long a run takes that builds something. */
export const BUILD_SECONDS = { least: 42, most: 86 };
