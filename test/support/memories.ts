/** VS Code's mementos and secret storage for tests: the same contract, in memory. */
import type { Memento, SecretStorage } from 'vscode';
import { Emitter } from '../../src/core/base/events';

/** @param kept the initial values. */
export function memento(kept: Record<string, unknown> = {}): Memento & { entries(): Record<string, unknown> } {
  const entries = new Map<string, unknown>(Object.entries(kept));
  return {
    keys: () => [...entries.keys()],
    get: <T>(key: string, fallback?: T) => (entries.has(key) ? (entries.get(key) as T) : fallback),
    // Stores values as VS Code does: only JSON survives.
    update: (key, value) => {
      if (value === undefined) entries.delete(key);
      else entries.set(key, JSON.parse(JSON.stringify(value)));
      return Promise.resolve();
    },
    entries: () => Object.fromEntries(entries),
  };
}

/** Windows share the real one. To do the same, pass this object to two stores. */
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
