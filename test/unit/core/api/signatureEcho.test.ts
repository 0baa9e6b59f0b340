import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { describeError } from '../../../../src/core/api/describeError';
import { withoutSecrets } from '../../../../src/core/secrets/secrets';
import { Secret } from '../../../../src/core/base/secret';
import { render } from '../../../../src/core/words/render';
import type { Arrival, Fault } from '../../../support/faultServer';
import { json, ok, text } from '../../../support/faults';
import { base64, entities, escapedLetters, percentCodes } from '../../../support/keySpellings';
import { ENDPOINTS, errorOf, setUpWorld, TOKEN } from './world';

const world = setUpWorld();

interface Sent {
  readonly header: string;
  readonly signature: string;
  /** `<user id>:<hash>`, the contents of the signature in base64. */
  readonly said: string;
  readonly hash: string;
}

function sentIn({ headers }: Pick<Arrival, 'headers'>): Sent {
  const header = String(headers.authorization);
  const signature = header.replace('Basic ', '');
  const said = Buffer.from(signature, 'base64').toString();
  return { header, signature, said, hash: said.split(':')[1] ?? '' };
}

/** The ways in which a server or a proxy can echo a request. */
const ECHOES: Readonly<Record<string, (sent: Sent) => string>> = {
  'the header': ({ header }) => `authorization: ${header}`,
  'the signature alone': ({ signature }) => `bad signature ${signature}.`,
  'the signature without its padding': ({ signature }) => signature.replace(/=+$/, ''),
  'the signature for URLs': ({ signature }) => signature.replaceAll('+', '-').replaceAll('/', '_'),
  'the user and the hash': ({ said }) => `no such pair ${said}`,
  'the hash': ({ hash }) => `expected another hash than ${hash}`,
  'the hash in upper case': ({ hash }) => hash.toUpperCase(),
  'the hash in base64': ({ hash }) => base64(hash),
  'the first half of the hash': ({ hash }) => `${hash.slice(0, 32)}…`,
  'the second half of the hash': ({ hash }) => `…${hash.slice(32)}`,
  'JSON in JSON': ({ header }) => JSON.stringify(JSON.stringify({ headers: { authorization: header } })),
  'JSON escapes': ({ header, hash }) => `${escapedLetters(header)} ${escapedLetters(hash)}`,
  'percent codes': ({ header }) => encodeURIComponent(header),
  'percent codes for every letter': ({ header, hash }) => `${percentCodes(header)} ${percentCodes(hash)}`,
  'percent codes twice': ({ header }) => encodeURIComponent(encodeURIComponent(header)),
  'HTML entities': ({ header, hash }) => `${entities(header)} ${entities(hash)}`,
  'all headers in base64': ({ header }) => base64(`POST /agents/list\r\nauthorization: ${header}\r\n`),
  'the token': () => `token ${TOKEN}`,
  'the token in base64': () => base64(`token=${TOKEN}`),
  'the token in percent codes': () => percentCodes(TOKEN),
  'the token in upper case': () => TOKEN.toUpperCase(),
};

const fromHex = (_: string, code: string): string => String.fromCharCode(Number.parseInt(code, 16));
/** What somebody could read in a text. */
const READINGS: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.replaceAll(/\\+u00([0-9a-f]{2})/gi, fromHex),
  (text) => text.replaceAll(/%([0-7][0-9a-f])/gi, fromHex),
  (text) => text.replaceAll(/%([0-7][0-9a-f])/gi, fromHex).replaceAll(/%([0-7][0-9a-f])/gi, fromHex),
  (text) => text.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))),
];

/** The runs of 16 characters of a secret that are in a text. */
function leaks(seen: string, { signature, said, hash }: Sent): readonly string[] {
  const encoded = [base64(hash).slice(0, -4), base64(`token=${TOKEN}`).slice(8, -4)];
  const runs = [signature, said, hash, hash.toUpperCase(), TOKEN, TOKEN.toUpperCase(), ...encoded].flatMap((secret) =>
    Array.from({ length: Math.max(1, secret.length - 15) }, (_, at) => secret.slice(at, at + 16)),
  );
  const readings = READINGS.map((readAs) => readAs(seen));
  return runs.filter((run) => readings.some((reading) => reading.includes(run)));
}

const SHAPES: Readonly<Record<string, (words: string) => Fault>> = {
  'in errors[]': (words) => json({ success: false, errors: [`Refused: ${words}`] }),
  'in errors[] with HTTP 500': (words) => json({ success: false, errors: [words] }, 500),
  'in a message with HTTP 400': (words) => json({ success: false, messages: [{ text: words }], Message: words }, 400),
  'behind 4,000 characters': (words) => json({ success: false, errors: [`${'x'.repeat(3_950)} ${words}`] }, 400),
  'in a page of HTML': (words) => text(502, `<html><pre>${words}</pre></html>`, { 'content-type': 'text/html' }),
  'in place of what was asked for': (words) => ok({ agents: words, agent: words, conversation: words }),
};

describe('The signature of a request', () => {
  describe.each(Object.keys(ECHOES))('echoed as %s', (echo) => {
    it.each(Object.keys(SHAPES))('is in no error and no log: %s', async (shape) => {
      const answer: Fault = (response, arrival) => {
        SHAPES[shape]!(ECHOES[echo]!(sentIn(arrival)))(response, arrival);
      };
      for (const { path } of ENDPOINTS) world.server.answer(path, answer);
      const client = world.client({ timeoutMs: 5_000 });
      const calls = [client.readConversation('A-1'), client.listAgents('o'), client.createAgent('o', { name: 'A' })];
      const errors = await Promise.all(calls.map(errorOf));
      const printed = errors.flatMap((error) => [
        render(describeError(error).message, 'log'),
        error.message,
        inspect(error, { depth: 20, showHidden: true }),
      ]);
      const seen = [...printed, JSON.stringify(world.records)].join('\n');
      expect(world.server.arrivals.length).toBeGreaterThan(2);
      expect(world.server.arrivals.flatMap((arrival) => leaks(seen, sentIn(arrival)))).toEqual([]);
    });
  });

  it('leaves the other words of the server as they are', () => {
    const words = ['Agent 201 was not found. REF #1a2b', 'Path C:\\new\\table is 100% wrong & gone', '{"a":"\\u00e9"}'];
    expect(withoutSecrets(words, [new Secret(TOKEN), 'c2lnbmF0dXJlIG9mIGEgcmVxdWVzdA=='])).toEqual(words);
  });
});
