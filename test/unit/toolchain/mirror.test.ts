import { describe, expect, it } from 'vitest';
import { exists, filesBelow, hasLogic, importsOf, reachedFrom } from './imports';
import { SPANNING, STARTED, TESTED_ELSEWHERE, UNTESTED } from './testedElsewhere';

/** Tests of other things than files in `src` or `webview-ui`: tools, hostile texts, old versions. */
const NO_MIRROR = ['test/unit/toolchain/', 'test/unit/hostile/', 'test/unit/update/'];

const SOURCES = [...filesBelow('src', '.ts'), ...filesBelow('webview-ui', '.ts')].filter(hasLogic);
const UNIT_TESTS = filesBelow('test/unit', '.test.ts');

const testOf = (source: string): string => `test/unit/${source.replace(/^src\//, '').replace(/\.ts$/, '.test.ts')}`;
const subjectOf = (test: string): string => {
  const below = test.replace('test/unit/', '').replace(/\.test\.ts$/, '.ts');
  return below.startsWith('webview-ui/') ? below : `src/${below}`;
};

const isOfTests = (file: string): boolean => file.startsWith('test/');

/** A unit test, what it starts, and the support files they import. */
const startOf = (test: string): readonly string[] => [test, ...(STARTED[test] === undefined ? [] : [STARTED[test]])];

/** The imports of a unit test and its support files, and their imports: one step further, and no more. */
function near(test: string): ReadonlySet<string> {
  const direct = reachedFrom(startOf(test), isOfTests);
  return new Set([...direct, ...[...direct].flatMap(importsOf)]);
}

/** The sandbox is a server and `api` its client. Their tests use HTTP. */
const OVER_HTTP = ['src/sandbox/', 'src/core/api/'];

const extension = reachedFrom(['src/extension.ts']);
const page = reachedFrom(['webview-ui/conversation/main.ts', 'webview-ui/shared/toolkit.ts']);

/** Whether a test can fail because of a source file. Page, host and end-to-end tests run whole bundles. */
function reaches(test: string, source: string): boolean {
  if (test.startsWith('test/page/')) return page.has(source);
  if (test.startsWith('test/e2e/')) return page.has(source) || extension.has(source);
  if (test.startsWith('test/host/')) return extension.has(source) || reachedFrom([test]).has(source);
  const isOverHttp = OVER_HTTP.some((folder) => source.startsWith(folder));
  return (isOverHttp ? reachedFrom(startOf(test)) : near(test)).has(source);
}

describe('Tests mirror sources', () => {
  it('finds sources and tests at all', () => {
    expect([SOURCES.length > 250, UNIT_TESTS.length > 100]).toEqual([true, true]);
  });

  it('each source with logic has a unit test at its own path, or is in the lists', () => {
    const isKnown = (source: string): boolean => source in TESTED_ELSEWHERE || UNTESTED.includes(source);
    expect(SOURCES.filter((source) => !exists(testOf(source)) && !isKnown(source))).toEqual([]);
  });

  it('each mirrored unit test reaches its subject', () => {
    const mirrored = SOURCES.filter((source) => exists(testOf(source)));
    expect(mirrored.filter((source) => !reaches(testOf(source), source))).toEqual([]);
  });

  it('the lists name only sources that exist, have logic and have no unit test of their own', () => {
    const sources = [...Object.keys(TESTED_ELSEWHERE), ...UNTESTED];
    expect(sources.filter((source, index) => sources.indexOf(source) !== index)).toEqual([]);
    expect(sources.filter((source) => !SOURCES.includes(source) || exists(testOf(source)))).toEqual([]);
  });

  it('the list names only tests that exist and reach the source', () => {
    const wrong = Object.entries(TESTED_ELSEWHERE).flatMap(([source, tests]) => [
      ...(tests.length === 0 ? [`${source}: no test`] : []),
      ...tests
        .filter((test) => !test.endsWith('.test.ts') || !exists(test) || !reaches(test, source))
        .map((test) => `${source}: ${test}`),
    ]);
    expect(wrong).toEqual([]);
  });

  it('each unit test has a subject of its own path, or the list says which ones it spans', () => {
    const tests = UNIT_TESTS.filter((test) => !NO_MIRROR.some((folder) => test.startsWith(folder)));
    expect(tests.filter((test) => !exists(subjectOf(test)) && !(test in SPANNING))).toEqual([]);
  });

  it('the tests that span several subjects exist, have no single subject, and reach each of them', () => {
    const wrong = Object.entries(SPANNING).flatMap(([test, subjects]) => [
      ...(exists(test) && !exists(subjectOf(test)) && subjects.length > 0 ? [] : [test]),
      ...subjects
        .filter((subject) => !exists(test) || !exists(subject) || !reaches(test, subject))
        .map((subject) => `${test}: ${subject}`),
    ]);
    expect(wrong).toEqual([]);
  });
});
