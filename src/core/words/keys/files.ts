export type FilesKey =
  | 'files.saveActing'
  | 'files.saveWritten'
  | 'files.folder'
  | 'files.leftOutActing'
  | 'files.cannotBeSaved'
  | 'files.saveOneByOne'
  | 'files.saveOne'
  | 'files.actsOn'
  | 'files.saved'
  | 'files.leftOut'
  | 'files.notSaved'
  | 'files.andMore'
  | 'files.textUnknown';
