/** What conversations hold: versions of files, transcripts, prompts and answers. */
export const FILE_SCHEME = 'quantagents-file';

/** Texts that are too long for the page. */
export const TEXT_SCHEME = 'quantagents-text';
