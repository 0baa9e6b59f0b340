import type { Random } from '../../random';
import type { PromptFacts } from '../promptFacts';
import { ScriptWriter } from '../scriptWriter';
import type { ProjectNotes, Script } from '../timeline';

/** What an agent is for. Agents that users make build strategies. */
export type Role =
  'conductor' | 'ideas' | 'research' | 'validation' | 'backtest' | 'paper' | 'live' | 'mia' | 'desk' | 'chain';

export interface CastMember {
  readonly id: number;
  readonly name: string;
  readonly role: Role;
}

/** Everything that a scripted run may depend on. */
export interface Stage {
  readonly facts: PromptFacts;
  readonly random: Random;
  readonly agent: CastMember;
  /** The other agents that this one hands over to (a chain) or calls (sub-agents), in order. */
  readonly others: readonly CastMember[];
  readonly projectId: number;
  readonly isFollowUp: boolean;
  /** The project's files as the turns before have left them. */
  readonly files: ReadonlyMap<string, string>;
  readonly notes: ProjectNotes | undefined;
  /** What comes after the behavior's name in a script id, e.g. `pairs` and `repaired`. */
  readonly details: readonly string[];
}

/** A way to answer a prompt. */
export interface Behavior {
  readonly id: string;
  play(stage: Stage): Script;
}

/** A run that is deployed waits in the queue for a moment; a follow-up prompt starts at once. */
export function openScript(stage: Stage): ScriptWriter {
  const random = stage.random.fork('script');
  return stage.isFollowUp ? new ScriptWriter(random, 0, 900) : new ScriptWriter(random, 1400, 600);
}

/** How long a run that builds something takes. */
export const BUILD_SECONDS = { least: 42, most: 86 };
