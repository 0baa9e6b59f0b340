import { expect, it, describe } from 'vitest';
import type { SignedInAccount } from '../../../src/account/accountStore';
import { clientFactory } from '../../../src/account/clients';
import { parseBaseUrl } from '../../../src/account/origin';
import type { SandboxCloud } from '../../../src/account/sandboxCloud';
import { systemClock } from '../../../src/core/base/clock';
import { Secret } from '../../../src/core/base/secret';
import { startSandbox } from '../../support/sandboxServer';

describe('A client', () => {
  it('is never made for another origin than the token was entered for', async () => {
    const elsewhere = await startSandbox();
    const account: SignedInAccount = {
      id: 'a',
      kind: 'quantconnect',
      userId: elsewhere.userId,
      label: 'A',
      origin: 'https://www.quantconnect.com',
      token: new Secret(elsewhere.apiToken),
      organization: { id: 'o', name: 'O' },
    };
    const clientAt = (baseUrl: string) =>
      clientFactory({
        clock: systemClock,
        userAgent: 'test',
        baseUrl: () => parseBaseUrl(baseUrl),
        sandbox: {} as SandboxCloud,
        log: () => undefined,
        onClockSkew: () => undefined,
      });
    await expect(clientAt(elsewhere.url)(account)).rejects.toThrow('belongs to https://www.quantconnect.com');
    await expect(clientAt('http://quantconnect.example/api/v2')(account)).rejects.toThrow('https://');
    const own = await clientAt(elsewhere.url)({ ...account, origin: new URL(elsewhere.url).origin });
    await expect(own.authenticate()).resolves.toBeUndefined();
    expect(elsewhere.requests).toHaveLength(1);
    await elsewhere.stop();
  });
});
