// @ts-check
// Reads CHANGELOG.md, which follows Keep a Changelog 1.1.0.

/**
 * @typedef {object} ReleaseNotes
 * @property {string} version such as 0.1.0, or Unreleased
 * @property {string | undefined} date such as 2026-11-24
 * @property {string} notes everything below the heading
 * @property {readonly { kind: string, entries: number }[]} groups
 */

const KINDS = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'];

/**
 * The versions in a changelog, newest first, and what is wrong with its form.
 * @param {string} markdown
 * @returns {{ releases: ReleaseNotes[], problems: string[] }}
 */
export function parseChangelog(markdown) {
  const [, ...sections] = markdown.split(/^## /m);
  const releases = sections.map(parseRelease);
  const problems = releases.flatMap(problemsOf);
  if (releases[0]?.version !== 'Unreleased') problems.push('The first section is not [Unreleased].');
  const versions = releases.map(({ version }) => version);
  for (const version of versions.filter((each, at) => versions.indexOf(each) !== at))
    problems.push(`[${version}] stands there twice.`);
  return { releases, problems };
}

/** @param {string} section @returns {ReleaseNotes} */
function parseRelease(section) {
  const end = section.indexOf('\n');
  const heading = (end < 0 ? section : section.slice(0, end)).trim();
  const notes = end < 0 ? '' : section.slice(end).trim();
  const [, version = heading, , date] = /^\[([^\]]+)\]( - (\S+))?$/.exec(heading) ?? [];
  const groups = notes
    .split(/^### /m)
    .slice(1)
    .map((group) => ({
      kind: group.split('\n', 1)[0]?.trim() ?? '',
      entries: (group.match(/^- \S/gm) ?? []).length,
    }));
  return { version, date, notes, groups };
}

/** @param {ReleaseNotes} release @returns {string[]} */
function problemsOf({ version, date, groups }) {
  const problems = groups.flatMap(({ kind, entries }) => [
    ...(KINDS.includes(kind) ? [] : [`[${version}] has a group “${kind}”: it must be one of ${KINDS.join(', ')}.`]),
    ...(entries > 0 ? [] : [`The group ${kind} of [${version}] is empty.`]),
  ]);
  if (version === 'Unreleased') return problems;
  if (!/^\d+\.\d+\.\d+$/.test(version)) problems.push(`“${version}” is no version.`);
  if (date === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(Date.parse(date)))
    problems.push(`[${version}] has no date such as 2026-01-31.`);
  if (groups.length === 0) problems.push(`[${version}] says nothing.`);
  return problems;
}
