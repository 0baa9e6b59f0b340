export type MarkdownFileKey =
  | 'markdownFile.tooLong'
  | 'markdownFile.tooDeep'
  | 'markdownFile.invalid'
  | 'markdownFile.alias'
  | 'markdownFile.colon'
  | 'markdownFile.tabs'
  | 'markdownFile.character'
  | 'markdownFile.oneDocument'
  | 'markdownFile.unexpected'
  | 'markdownFile.tags'
  | 'markdownFile.directives'
  | 'markdownFile.twice';
