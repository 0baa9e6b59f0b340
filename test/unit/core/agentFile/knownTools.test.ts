import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { KNOWN_TOOLS } from '../../../../src/core/agentFile/knownTools';

it('KNOWN_TOOLS are the tools that the contract names', () => {
  const contract = readFileSync(new URL('../../../../docs/api/contract.md', import.meta.url), 'utf8');
  const list = /^Tools seen or documented: [\s\S]*?(?=These are also the identifiers)/m.exec(contract)?.[0] ?? '';
  const named = [...list.matchAll(/`([a-z]\w*_\w+)[ `]/g)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(40);
  expect(KNOWN_TOOLS.map(({ name }) => name).toSorted()).toEqual([...new Set(named)].toSorted());
});
