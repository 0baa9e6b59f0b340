export type PathKey =
  | 'path.absolute'
  | 'path.climbs'
  | 'path.hidden'
  | 'path.invisible'
  | 'path.repository'
  | 'path.long'
  | 'path.twin'
  | 'path.name';
