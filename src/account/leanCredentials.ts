import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { Secret } from '../core/base/secret';

export interface LeanCredentials {
  readonly userId: string;
  readonly token: Secret;
  readonly organizationId?: string;
}

/**
 * Reads the credentials of the Lean CLI from `~/.lean/credentials`. We never write that file. It is JSON with `user-id`,
 * `api-token` and sometimes `organization-id`; each can be a number (docs/api/contract.md). Undefined: there are none,
 * or the file cannot be read.
 */
export async function readLeanCredentials(home = homedir()): Promise<LeanCredentials | undefined> {
  try {
    return parseLeanCredentials(await readFile(path.join(home, '.lean', 'credentials'), 'utf8'));
  } catch {
    return undefined;
  }
}

export function parseLeanCredentials(text: string): LeanCredentials | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const entries = parsed as Record<string, unknown>;
  const userId = textOf(entries['user-id']);
  const token = textOf(entries['api-token']);
  const organizationId = textOf(entries['organization-id']);
  if (userId === undefined || token === undefined) return undefined;
  return { userId, token: new Secret(token), ...(organizationId === undefined ? {} : { organizationId }) };
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
