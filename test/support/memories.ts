/** VS Code's memories as a test needs them: the same contract, in memory. */
import type { Memento, SecretStorage } from 'vscode';
import { Emitter } from '../../src/core/base/events';

/** @param kept what it holds from the beginning. */
export function memento(kept: Record<string, unknown> = {}): Memento & { entries(): Record<string, unknown> } {
  const entries = new Map<string, unknown>(Object.entries(kept));
  return {
    keys: () => [...entries.keys()],
    get: <T>(key: string, fallback?: T) => (entries.has(key) ? (entries.get(key) as T) : fallback),
    // As VS Code keeps it: what is not JSON does not survive.
    update: (key, value) => {
      if (value === undefined) entries.delete(key);
      else entries.set(key, JSON.parse(JSON.stringify(value)));
      return Promise.resolve();
    },
    entries: () => Object.fromEntries(entries),
  };
}

/** Shared between "windows" like the real one: hand the same object to two stores. */
export function secretStorage(): SecretStorage {
  const secrets = new Map<string, string>();
  const changed = new Emitter<{ key: string }>();
  return {
    keys: () => Promise.resolve([...secrets.keys()]),
    get: (key: string) => Promise.resolve(secrets.get(key)),
    store: (key: string, value: string) => {
      secrets.set(key, value);
      changed.fire({ key });
      return Promise.resolve();
    },
    delete: (key: string) => {
      secrets.delete(key);
      changed.fire({ key });
      return Promise.resolve();
    },
    onDidChange: changed.event,
  };
}
