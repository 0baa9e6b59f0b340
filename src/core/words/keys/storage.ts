export type StorageKey =
  | 'storage.diskFull'
  | 'storage.quotaUsedUp'
  | 'storage.readOnly'
  | 'storage.notAllowed'
  | 'storage.notWritable'
  | 'storage.notWritableCode';
