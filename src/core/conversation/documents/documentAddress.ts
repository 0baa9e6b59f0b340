/** The documents that a conversation can be opened as: their addresses and texts. */
import { exportMarkdown } from './exportMarkdown';
import { fileNameIn } from '../files/filePath';
import { versionOf, writtenFiles, type FileContent, type FileVersion, type WrittenFile } from '../files/files';
import { versionChange } from '../files/versionChange';
import { field } from '../../base/json';
import type { PartAddress } from '../transcript/partAddress';
import { plainLine } from '../../words/plain';
import { unread } from '../../words/render';
import { finalAnswer, promptsOf, type ConversationRecord } from './record';
import { textWithoutKeys } from '../../secrets/withoutKeys';
import { written } from '../../words/texts';

export type ConversationDocument =
  | VersionDocument
  /** The empty side of a comparison. */
  | { readonly kind: 'nothing'; readonly path: string }
  /** The title is only for the tab. */
  | { readonly kind: 'transcript' | 'prompts' | 'answer'; readonly title: string };

/**
 * A version of a written file. If its whole text is unknown, `before` and `after` are the two sides of the edit. The
 * address is that of the tool call.
 */
export interface VersionDocument extends PartAddress {
  /** Only for the tab. It can change when another call ends that began earlier. */
  readonly number: number;
  readonly kind: 'file' | 'before' | 'after';
  readonly path: string;
}

export interface DocumentAddress {
  readonly deploymentId: string;
  readonly document: ConversationDocument;
}

/** Path and query of a URI, decoded. */
export interface Location {
  readonly path: string;
  readonly query: string;
}

/**
 * The path ends with the file's name, from which VS Code takes the tab's title and the language. The agent's path and
 * the message ids are not trusted, so they are only in the query.
 */
export function locationOf({ deploymentId, document }: DocumentAddress): Location {
  switch (document.kind) {
    case 'file':
    case 'before':
    case 'after': {
      const { kind, path, number, messageId, partIndex } = document;
      return {
        path: `/${deploymentId}/${kind}/version-${String(number)}/${segment(fileNameIn(path))}`,
        query: JSON.stringify({ path, messageId, partIndex }),
      };
    }
    case 'nothing':
      return { path: `/${deploymentId}/nothing/${segment(fileNameIn(document.path))}`, query: document.path };
    case 'transcript':
    case 'prompts':
    case 'answer':
      return { path: `/${deploymentId}/${document.kind}/${segment(document.title)}.md`, query: '' };
  }
}

/** The address of a location. Undefined if {@link locationOf} did not make it. */
export function addressOf({ path, query }: Location): DocumentAddress | undefined {
  const [, deploymentId, kind, third = '', fourth] = path.split('/');
  if (!deploymentId) return undefined;
  switch (kind) {
    case 'file':
    case 'before':
    case 'after': {
      const number = Number(/^version-([1-9]\d*)$/.exec(third)?.[1]);
      const call = fourth && Number.isSafeInteger(number) ? callIn(query) : undefined;
      return call && { deploymentId, document: { kind, number, ...call } };
    }
    case 'nothing':
      return third ? { deploymentId, document: { kind, path: query } } : undefined;
    case 'transcript':
    case 'prompts':
    case 'answer':
      return third.endsWith('.md')
        ? { deploymentId, document: { kind, title: third.slice(0, -'.md'.length) } }
        : undefined;
    case undefined:
    default:
      return undefined;
  }
}

/** Whether a location names a version only by its number, as early addresses did. */
export function isNumbered({ path }: Location): boolean {
  return /^\/[^/]+\/(?:file|before|after)\/\d+\/[^/]+$/.test(path);
}

function callIn(query: string): (PartAddress & Pick<VersionDocument, 'path'>) | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(query);
  } catch {
    return undefined;
  }
  const [path, messageId, partIndex] = [field(parsed, 'path'), field(parsed, 'messageId'), field(parsed, 'partIndex')];
  return typeof path === 'string' && typeof messageId === 'string' && typeof partIndex === 'number'
    ? { path, messageId, partIndex }
    : undefined;
}

function segment(name: string): string {
  // Cut off the beginning, because the end gives the language.
  const plain = unread(plainLine(name))
    .replace(/[\\/]/g, '-')
    .slice(-120)
    .replace(/^[\uDC00-\uDFFF]/, '');
  return /^\.{0,2}$/.test(plain) ? 'unnamed' : plain;
}

/** The document's text. Undefined if the conversation does not contain it. */
export function documentText(record: ConversationRecord, document: ConversationDocument): string | undefined {
  switch (document.kind) {
    case 'file':
      return textOf(versionAt(record, document)?.content);
    case 'before':
    case 'after': {
      const content = versionAt(record, document)?.content;
      return content?.kind === 'unknown' ? content.passage?.[document.kind] : undefined;
    }
    case 'nothing':
      return '';
    case 'transcript':
      return exportMarkdown(record);
    case 'prompts':
      return textWithoutKeys(promptsOf(record).join('\n\n---\n\n'));
    case 'answer':
      return textWithoutKeys(finalAnswer(record.messages) ?? '');
  }
}

function versionAt({ messages }: ConversationRecord, document: VersionDocument): FileVersion | undefined {
  const found = versionOf(writtenFiles(messages), document);
  // Messages without an id are named by their position. Another file's call can be at that position now.
  return found?.file.path === document.path ? found.version : undefined;
}

function textOf(content: FileContent | undefined): string | undefined {
  if (content?.kind === 'deleted') return '';
  return content?.kind === 'known' ? content.text : undefined;
}

/** Two documents to show side by side, and the title. */
export interface Comparison {
  readonly left: ConversationDocument;
  readonly right: ConversationDocument;
  readonly title: string;
}

/** The comparison that shows what a version changed, or undefined if there is nothing to compare. */
export function changeOf(file: WrittenFile, version: FileVersion): Comparison | undefined {
  const { path } = file;
  const name = fileNameIn(path);
  const change = versionChange(file, version);
  if (!change) return undefined;
  if (change.kind === 'passage') {
    return {
      left: versionDocument('before', path, version),
      right: versionDocument('after', path, version),
      title: written('document.passage', name, version.number),
    };
  }
  const { before } = change;
  const left = before ? documentOf(path, before) : ({ kind: 'nothing', path } as const);
  const right = documentOf(path, version);
  return (
    left &&
    right && {
      left,
      right,
      title: before
        ? written('document.versions', name, before.number, version.number)
        : written('document.createdFile', name),
    }
  );
}

/** The document of a version. Undefined if its content is unknown. */
export function documentOf(path: string, version: FileVersion): ConversationDocument | undefined {
  switch (version.content.kind) {
    case 'known':
      return versionDocument('file', path, version);
    case 'deleted':
      return { kind: 'nothing', path };
    case 'unknown':
      return undefined;
  }
}

/** The document of a version, whether or not its content is known. */
export function versionDocument(
  kind: VersionDocument['kind'],
  path: string,
  { number, messageId, partIndex }: FileVersion,
): VersionDocument {
  return { kind, path, number, messageId, partIndex };
}
