export type UnknownTextKey =
  | 'unknownText.beforeUnknown'
  | 'unknownText.noMatch'
  | 'unknownText.severalMatches'
  | 'unknownText.notTold'
  | 'unknownText.tooMuch';
