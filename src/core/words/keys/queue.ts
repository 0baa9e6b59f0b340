export type QueueKey =
  | 'queue.runStopped'
  | 'queue.runFailed'
  | 'queue.runEnded'
  | 'queue.unwatched'
  | 'queue.sameText'
  | 'queue.neverArrived'
  | 'queue.beforeNeverArrived'
  | 'queue.interruptedBefore'
  | 'queue.interruptedWhile'
  | 'queue.beforeNotSent'
  | 'queue.beforeUncertain'
  | 'queue.unconfirmed';
