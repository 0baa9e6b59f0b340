/** What a conversation holds, as documents: where each lives, and what is in it. */
import { exportMarkdown } from './exportMarkdown';
import { fileNameIn } from './filePath';
import { writtenFiles, type FileContent, type FileVersion, type WrittenFile } from './files';
import { finalAnswer, promptsOf, type ConversationRecord } from './record';

export type ConversationDocument =
  /** A version of a file that the agent wrote. */
  | { readonly kind: 'file'; readonly path: string; readonly version: number }
  /** One side of an edit in a version whose whole text is not known. */
  | { readonly kind: 'before' | 'after'; readonly path: string; readonly version: number }
  /** The empty side of a comparison. */
  | { readonly kind: 'nothing'; readonly path: string }
  /** @param title for the tab alone. */
  | { readonly kind: 'transcript' | 'prompts' | 'answer'; readonly title: string };

export interface DocumentAddress {
  readonly deploymentId: string;
  readonly document: ConversationDocument;
}

/** As in a URI, decoded. */
export interface Location {
  readonly path: string;
  readonly query: string;
}

/**
 * The path ends with the file's name, which gives tab and language; the agent's path itself, which is not trusted, stands in the query alone.
 */
export function locationOf({ deploymentId, document }: DocumentAddress): Location {
  switch (document.kind) {
    case 'file': case 'before': case 'after':
      return { path: `/${deploymentId}/${document.kind}/${String(document.version)}/${segment(fileNameIn(document.path))}`, query: document.path };
    case 'nothing': return { path: `/${deploymentId}/nothing/${segment(fileNameIn(document.path))}`, query: document.path };
    default: return { path: `/${deploymentId}/${document.kind}/${segment(document.title)}.md`, query: '' };
  }
}

/** The address, or undefined for a location that {@link locationOf} does not give. */
export function addressOf({ path, query }: Location): DocumentAddress | undefined {
  const [, deploymentId, kind, third = '', fourth] = path.split('/');
  if (!deploymentId) return undefined;
  switch (kind) {
    case 'file': case 'before': case 'after': {
      const version = Number(third);
      return fourth && Number.isInteger(version) && version > 0 ? { deploymentId, document: { kind, path: query, version } } : undefined;
    }
    case 'nothing': return third ? { deploymentId, document: { kind, path: query } } : undefined;
    case 'transcript': case 'prompts': case 'answer':
      return third.endsWith('.md') ? { deploymentId, document: { kind, title: third.slice(0, -'.md'.length) } } : undefined;
    default: return undefined;
  }
}

function segment(name: string): string {
  // eslint-disable-next-line no-control-regex -- they are what is taken out
  const plain = name.replace(/[\\/\u0000-\u001F\u007F]/g, '-').slice(-120);
  return /^\.{0,2}$/.test(plain) ? 'unnamed' : plain;
}

/** The document's text, or undefined where the conversation does not hold it. */
export function documentText(record: ConversationRecord, document: ConversationDocument): string | undefined {
  switch (document.kind) {
    case 'file': return textOf(versionAt(record, document)?.content);
    case 'before': case 'after': {
      const content = versionAt(record, document)?.content;
      return content?.kind === 'unknown' ? content.passage?.[document.kind] : undefined;
    }
    case 'nothing': return '';
    case 'transcript': return exportMarkdown(record);
    case 'prompts': return promptsOf(record).join('\n\n---\n\n');
    case 'answer': return finalAnswer(record.messages) ?? '';
  }
}

function versionAt({ messages }: ConversationRecord, { path, version }: { path: string; version: number }): FileVersion | undefined {
  return writtenFiles(messages).find((file) => file.path === path)?.versions[version - 1];
}

function textOf(content: FileContent | undefined): string | undefined {
  if (content?.kind === 'deleted') return '';
  return content?.kind === 'known' ? content.text : undefined;
}

/** Two documents to be looked at side by side, and what to call that. */
export interface Comparison {
  readonly left: ConversationDocument;
  readonly right: ConversationDocument;
  readonly title: string;
}

/** What a version changed, as far as it is known: against the version before, or the passage alone. Undefined where there is nothing to compare. */
export function changeOf(file: WrittenFile, version: FileVersion): Comparison | undefined {
  const { path } = file;
  const name = fileNameIn(path);
  const before = file.versions[version.number - 2];
  if (version.content.kind === 'unknown') {
    if (!version.content.passage) return undefined;
    const side = (kind: 'before' | 'after'): ConversationDocument => ({ kind, path, version: version.number });
    return { left: side('before'), right: side('after'), title: `${name} (passage replaced in version ${String(version.number)})` };
  }
  const left = before ? documentOf(path, before) : version.operation === 'create' ? { kind: 'nothing' as const, path } : undefined;
  const right = documentOf(path, version);
  return left && right && { left, right, title: `${name} (${before ? `version ${String(before.number)} ↔ ${String(version.number)}` : 'created'})` };
}

/** Undefined where the content is not known. */
export function documentOf(path: string, version: FileVersion): ConversationDocument | undefined {
  switch (version.content.kind) {
    case 'known': return { kind: 'file', path, version: version.number };
    case 'deleted': return { kind: 'nothing', path };
    case 'unknown': return undefined;
  }
}
