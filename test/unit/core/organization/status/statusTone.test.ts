import { describe, expect, it } from 'vitest';
import { statusWord, toneOf } from '../../../../../src/core/organization/status/statusTone';

describe('a status', () => {
  it.each([
    ['InQueue', undefined, 'waiting', 'In queue'],
    ['running', undefined, 'running', 'Running'],
    ['COMPLETED', 5, 'completed', 'Completed'],
    ['Stopped', 5, 'stopped', 'Stopped'],
    ['Failed', 5, 'failed', 'Failed'],
    ['PausedByUser', undefined, 'unknown', 'Paused by user'],
    ['PausedByUser', 5, 'unknown', 'Paused by user'],
    ['Running', 5, 'stopped', 'Running'],
    ['constructor', undefined, 'unknown', 'Constructor'],
    ['', undefined, 'unknown', 'Unknown'],
  ])('%s, ended %s, has tone %s and reads %s', (status, ended, tone, word) => {
    expect(toneOf(status, ended)).toBe(tone);
    expect(statusWord(status)).toBe(word);
  });
});
