/** What colour and shape stand for a status; `unknown` is a status that this version does not know. */
export type StatusTone = 'waiting' | 'running' | 'completed' | 'stopped' | 'failed' | 'unknown';

const TONES: Readonly<Record<string, StatusTone>> = {
  inqueue: 'waiting',
  running: 'running',
  completed: 'completed',
  stopped: 'stopped',
  failed: 'failed',
};

/**
 * What colour and shape stand for a deployment's status, which is compared without case.
 * @param ended when it ended, if it did: what has ended is neither waiting nor running, whatever its status says
 * (docs/api/contract.md).
 */
export function toneOf(status: string, ended?: number): StatusTone {
  const word = status.toLowerCase();
  const tone = Object.hasOwn(TONES, word) ? (TONES[word] ?? 'unknown') : 'unknown';
  return ended !== undefined && (tone === 'waiting' || tone === 'running') ? 'stopped' : tone;
}

/** The status as a reader sees it: `InQueue` is *In queue*. An unknown status keeps its words. */
export function statusWord(status: string): string {
  const words = status
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .trim();
  return words === '' ? 'Unknown' : words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
}
