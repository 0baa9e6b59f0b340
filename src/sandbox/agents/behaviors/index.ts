import type { Behavior } from './behavior';
import { build } from './build';
import { converse, quick } from './converse';
import { followUp } from './followUp';
import { hostileFiles } from './hostileFiles';
import { conductor, ideas } from './ideas';
import { live, paper } from './live';
import { research, validation } from './research';
import { everyPart, long, providerError, queued } from './special';
import { chain, desk } from './teams';

export const BEHAVIORS: readonly Behavior[] = [
  build,
  followUp,
  converse,
  quick,
  research,
  validation,
  ideas,
  conductor,
  paper,
  live,
  desk,
  chain,
  long,
  providerError,
  queued,
  everyPart,
  hostileFiles,
];

export function behaviorById(id: string): Behavior | undefined {
  return BEHAVIORS.find((behavior) => behavior.id === id);
}
