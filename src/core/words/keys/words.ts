export type WordsKey = 'words.quoted' | 'words.labeled' | 'words.inParentheses' | 'words.unknownDate';
