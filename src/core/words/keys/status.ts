export type StatusKey =
  | 'status.waiting'
  | 'status.running'
  | 'status.completed'
  | 'status.stopped'
  | 'status.failed'
  | 'status.ended'
  | 'status.unknown';
