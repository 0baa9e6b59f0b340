/** The scheme of documents made from conversations: file versions, transcripts, prompts and answers. */
export const FILE_SCHEME = 'quantagents-file';

/** The scheme of texts that are too long for the page. */
export const TEXT_SCHEME = 'quantagents-text';
