import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  agentPath,
  fileNameOf,
  isAgentFolder,
  newAgentPath,
  parseAgentAddress,
  theirsPath,
} from '../../../../src/core/agentFile/address';

const ORGANIZATION = '0123456789abcdef0123456789abcdef';

describe("the address of an agent's document", () => {
  it('leads back to the agent, whatever its name', () => {
    fc.assert(
      fc.property(fc.nat(), fc.string({ unit: 'binary' }), (id, name) => {
        expect(parseAgentAddress(ORGANIZATION, agentPath({ id, name }))).toEqual({
          kind: 'agent',
          organizationId: ORGANIZATION,
          agentId: id,
        });
        expect(parseAgentAddress(ORGANIZATION, theirsPath({ id, name }, 'n1'))).toEqual({
          kind: 'theirs',
          organizationId: ORGANIZATION,
          agentId: id,
          nonce: 'n1',
        });
        expect(parseAgentAddress(ORGANIZATION, newAgentPath('n1', name))).toEqual({
          kind: 'new',
          organizationId: ORGANIZATION,
          nonce: 'n1',
        });
      }),
    );
  });

  it('compares organizations without case', () => {
    expect(parseAgentAddress(ORGANIZATION.toUpperCase(), '/agents/47/Mia.md')).toMatchObject({
      organizationId: ORGANIZATION,
    });
  });

  it.each([
    '',
    '/',
    '/agents',
    '/agents/47',
    '/agents/47/',
    '/agents/x/Mia.md',
    '/agents/-1/Mia.md',
    '/agents/47/a/b.md',
    '/tasks/1/a.md',
    '/new//a.md',
    '/theirs/47/Mia.md',
    'agents/47/Mia.md',
  ])('is none at %j', (path) => {
    expect(parseAgentAddress(ORGANIZATION, path)).toBeUndefined();
  });

  it('is none without an organization', () => {
    expect(parseAgentAddress('', '/agents/47/Mia.md')).toBeUndefined();
  });

  it('has folders on the way', () => {
    for (const path of ['/', '/agents', '/agents/47', '/agents/47/', '/new', '/new/n1', '/theirs/47'])
      expect(isAgentFolder(path)).toBe(true);
    for (const path of ['/agents/47/Mia.md', '/.vscode', '/.git']) expect(isAgentFolder(path)).toBe(false);
  });
});

describe('the file name of an agent', () => {
  it.each([
    ['Momentum', 'Momentum.md'],
    ['a/b\\c: d?', 'a b c d.md'],
    ['..', 'Agent.md'],
    ['', 'Agent.md'],
    [' \n ', 'Agent.md'],
    ['.hidden', 'hidden.md'],
    ['π 📈', 'π 📈.md'],
    ['x'.repeat(200), `${'x'.repeat(80)}.md`],
  ])('%j is %j', (name, fileName) => {
    expect(fileNameOf(name)).toBe(fileName);
  });

  it('fits into any path', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(fileNameOf(name)).toMatch(/^[^/\\:*?"<>|\r\n]+\.md$/);
        expect(encodeURIComponent(fileNameOf(name))).toBeTypeOf('string');
      }),
    );
  });
});
