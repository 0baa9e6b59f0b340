import { say, type Words } from '../core/words/words';
import { TEXTS } from './texts';

/** Where a token may be sent: only to the origin (scheme, host, port) that the user entered it for. */
export type BaseUrl =
  | { readonly ok: true; readonly url: string; readonly origin: string }
  | { readonly ok: false; readonly problem: Words };

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Checks the setting `quantAgents.apiBaseUrl`.
 * @returns the URL without a trailing slash, and its origin; or why no token may be sent there.
 */
export function parseBaseUrl(setting: unknown): BaseUrl {
  if (typeof setting !== 'string' || setting.trim() === '') return { ok: false, problem: say(TEXTS.baseUrlEmpty) };
  let url: URL;
  try {
    url = new URL(setting.trim());
  } catch {
    return { ok: false, problem: say(TEXTS.baseUrlInvalid) };
  }
  if (url.username !== '' || url.password !== '') return { ok: false, problem: say(TEXTS.baseUrlCredentials) };
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.has(url.hostname))) {
    return {
      ok: false,
      problem: say(TEXTS.baseUrlPlain),
    };
  }
  return { ok: true, url: `${url.origin}${url.pathname.replace(/\/+$/, '')}`, origin: url.origin };
}
