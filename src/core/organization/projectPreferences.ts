import type { KnownProjectPreference } from '../api/model';
import { say, type Words } from '../words/words';

/**
 * What each known project preference means. QuantConnect's web page has two more, but their ids are not published
 * (docs/api/contract.md). So other values are kept, sent and shown as they are.
 */
const MEANINGS: Readonly<Record<KnownProjectPreference, { readonly label: Words; readonly detail: Words }>> = {
  'project-each-task-deployment': {
    label: say('organization.newProject'),
    detail: say('organization.newProjectDetail'),
  },
  'project-for-task': {
    label: say('organization.oneProject'),
    detail: say('organization.oneProjectDetail'),
  },
};

export interface ProjectChoice {
  readonly id: KnownProjectPreference;
  readonly label: Words;
  readonly detail: Words;
}

/** The known project preferences, in the order of lists. */
export const PROJECT_PREFERENCES: readonly ProjectChoice[] = (
  Object.keys(MEANINGS) as readonly KnownProjectPreference[]
).map((id) => ({ id, ...MEANINGS[id] }));

export function isKnownProjectPreference(value: string): value is KnownProjectPreference {
  return Object.hasOwn(MEANINGS, value);
}
