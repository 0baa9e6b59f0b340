import { isOpenableUrl } from '../../../src/core/words/links';
import type { FilePart, SourcePart } from '../../../src/core/conversation/transcript/transcript';
import { plainLine } from '../../../src/core/words/plain';
import { el } from '../../shared/dom';
import { icon } from '../../shared/icons';
import type { PartView } from '../view/view';
import { text } from '../../shared/texts';

export function sourceView(part: SourcePart): PartView<SourcePart> {
  const element = el('p', { class: 'part sources' }, sourceLink(part));
  return {
    element,
    update: (next) => element.replaceChildren(sourceLink(next)),
  };
}

/** A source as a link; as plain text if its address may not be opened. */
export function sourceLink({ title, url, mediaType, filename }: SourcePart): HTMLElement {
  const label = plainLine(title);
  if (url !== undefined && isOpenableUrl(url)) {
    const { host } = new URL(url);
    return el(
      'a',
      { class: 'chip', href: url, title: url },
      icon('link'),
      el('span', {}, label),
      host !== '' && host !== label && el('span', { class: 'muted' }, host),
    );
  }
  const rest = [filename, mediaType, url].filter((fact) => fact !== undefined && fact !== title).join(' · ');
  return el(
    'span',
    { class: 'chip' },
    icon(url === undefined ? 'file' : 'link'),
    el('span', {}, label),
    rest !== '' && el('span', { class: 'muted' }, plainLine(rest)),
  );
}

const EMBEDDED_IMAGE = /^data:image\/(?:png|jpeg|gif|webp);base64,/i;

export function fileView(part: FilePart): PartView<FilePart> {
  const element = el('div', { class: 'part file' });
  const update = (next: FilePart): void => element.replaceChildren(drawFile(next));
  update(part);
  return { element, update };
}

/** Shows a picture that is embedded in the conversation. Anything stored elsewhere is named, never loaded. */
function drawFile({ mediaType, url, filename, reasoning }: FilePart): HTMLElement {
  const name = plainLine(filename ?? (mediaType.startsWith('image/') ? text('part.image') : text('part.file')));
  const kind = plainLine(reasoning === true ? text('part.fromReasoning', mediaType) : mediaType);
  if (url !== undefined && EMBEDDED_IMAGE.test(url)) {
    return el(
      'figure',
      { class: 'picture' },
      el('img', { src: url, alt: name }),
      el('figcaption', { class: 'muted' }, `${name} · ${kind}`),
    );
  }
  const content = [icon('file'), el('span', {}, name), el('span', { class: 'muted' }, kind)];
  return url !== undefined && isOpenableUrl(url)
    ? el('a', { class: 'chip', href: url, title: url }, ...content)
    : el('span', { class: 'chip' }, ...content);
}
