import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { explainedWait, noFixedWait } from '../../../scripts/lint/noFixedWait.mjs';

function problems(code: string): readonly (string | undefined)[] {
  const plugins = { tests: { rules: { 'no-fixed-wait': noFixedWait, 'explained-wait': explainedWait } } };
  return new Linter()
    .verify(code, [{ plugins, rules: { 'tests/no-fixed-wait': 'error', 'tests/explained-wait': 'error' } }])
    .map(({ messageId, message }) => messageId ?? message);
}

describe('The rule against fixed waits', () => {
  it.each([
    'page.waitForTimeout(500);',
    'async function f() { await conversation.page.waitForTimeout(500); }',
    'new Promise((resolve) => setTimeout(resolve, 50));',
    'new Promise((resolve) => { setTimeout(resolve, 5); });',
    'new Promise((done) => { setTimeout(() => done(), ms); });',
    'new Promise(function (resolve) { globalThis.setTimeout(function () { resolve(1); }, 50); });',
    'page.evaluate(() => new Promise((resolve) => window.setTimeout(resolve, 300)));',
    'import { setTimeout as sleep } from "node:timers/promises";',
    'import timers from "timers/promises";',
    'const sleep = util.promisify(setTimeout);',
    'Atomics.wait(array, 0, 0, 500);',
  ])('finds %s', (code) => {
    expect(problems(code)).toEqual(['wait']);
  });

  it.each([
    'expect.poll(() => page.locator("a").count(), { timeout: 10000 }).toBe(1);',
    'new Promise((resolve, reject) => { setTimeout(() => reject(new Error("late")), 5000); child.once("exit", resolve); });',
    'new Promise((resolve) => setTimeout(resolve, 0));',
    'new Promise((resolve) => setTimeout(resolve));',
    'new Promise((resolve) => setImmediate(resolve));',
    'new Promise((resolve) => { const timer = setTimeout(() => { resolve(false); worker.terminate(); }, 20000); });',
    'const timer = setTimeout(stop, 5000);',
    'vi.advanceTimersByTime(5000);',
  ])('leaves alone %s', (code) => {
    expect(problems(code)).toEqual([]);
  });

  it('accepts a wait with a reason, and no other', () => {
    const wait = 'page.waitForTimeout(500);';
    const disabled = '// eslint-disable-next-line tests/no-fixed-wait';
    expect(problems(`${disabled} -- the reader rests here, and nothing is expected to happen\n${wait}`)).toEqual([]);
    expect(problems(`${disabled}\n${wait}`)).toEqual(['reason']);
    expect(problems(`/* eslint-disable tests/no-fixed-wait -- later */\n${wait}`)).toEqual(['reason']);
  });
});
