import * as vscode from 'vscode';
import type { MessageKey } from '../core/words/messageKeys';
import type { InstalledTexts } from '../core/words/texts';
import { COUNT_TEXTS } from './count';
import { ACTING_TEXTS } from './acting';
import { AGENTFILE_TEXTS } from './agentFile';
import { API_TEXTS } from './api';
import { DOCUMENT_TEXTS } from './document';
import { DURATION_TEXTS } from './duration';
import { FIGURE_TEXTS } from './figure';
import { FILES_TEXTS } from './files';
import { MARKDOWNFILE_TEXTS } from './markdownFile';
import { ORGANIZATION_TEXTS } from './organization';
import { PART_TEXTS } from './part';
import { PATH_TEXTS } from './path';
import { PROMPTS_TEXTS } from './prompts';
import { QUEUE_TEXTS } from './queue';
import { RUN_TEXTS } from './run';
import { STATUS_TEXTS } from './status';
import { STORAGE_TEXTS } from './storage';
import { TOOL_TEXTS } from './tool';
import { UNKNOWNTEXT_TEXTS } from './unknownText';
import { VERB_TEXTS } from './verb';
import { WORDS_TEXTS } from './words';

/** Every text of `core`. A key without a text does not compile. */
const TEXTS: Readonly<Record<MessageKey, string>> = {
  ...COUNT_TEXTS,
  ...ACTING_TEXTS,
  ...AGENTFILE_TEXTS,
  ...API_TEXTS,
  ...DOCUMENT_TEXTS,
  ...DURATION_TEXTS,
  ...FIGURE_TEXTS,
  ...FILES_TEXTS,
  ...MARKDOWNFILE_TEXTS,
  ...ORGANIZATION_TEXTS,
  ...PART_TEXTS,
  ...PATH_TEXTS,
  ...PROMPTS_TEXTS,
  ...QUEUE_TEXTS,
  ...RUN_TEXTS,
  ...STATUS_TEXTS,
  ...STORAGE_TEXTS,
  ...TOOL_TEXTS,
  ...UNKNOWNTEXT_TEXTS,
  ...VERB_TEXTS,
  ...WORDS_TEXTS,
};

/** The texts of `core` in the language that VS Code shows. Without a translation they are English. */
export function coreTexts(): InstalledTexts {
  return { language: vscode.l10n.bundle === undefined ? 'en' : vscode.env.language, texts: TEXTS };
}
