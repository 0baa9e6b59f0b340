import { describe, expect, it } from 'vitest';
import { isKnownProjectPreference, PROJECT_PREFERENCES } from '../../../../src/core/organization/projectPreferences';

describe('projectPreferences', () => {
  it('lists the published preferences, a fresh project first, and knows no others', () => {
    expect(PROJECT_PREFERENCES.map(({ id }) => id)).toEqual(['project-each-task-deployment', 'project-for-task']);
    expect(PROJECT_PREFERENCES.every(({ id }) => isKnownProjectPreference(id))).toBe(true);
    expect(['toString', 'project-of-tomorrow', ''].filter(isKnownProjectPreference)).toEqual([]);
  });
});
