import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string }>>;
}

it('no malicious axios is locked (1.14.1 and 0.30.4 stole credentials)', () => {
  const { packages } = JSON.parse(readFileSync(new URL('../../../package-lock.json', import.meta.url), 'utf8')) as Lock;
  const versions = Object.entries(packages)
    .filter(([path]) => path.endsWith('node_modules/axios'))
    .map(([, { version }]) => version);
  expect(versions.length).toBeGreaterThan(0);
  for (const version of versions) expect(['1.14.1', '0.30.4']).not.toContain(version);
});
