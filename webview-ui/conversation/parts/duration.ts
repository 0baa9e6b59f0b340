/** How long a part took, in its line: about, as the API does not date parts. */
import { formatAbout, formatRunning, type PartTime } from '../../../src/core/conversation/times/partTimes';
import { formatDuration } from '../../../src/core/words/format';
import { el, setAttribute, setText } from '../../shared/dom';
import { exactText, timeWithSeconds } from '../../shared/time';
import type { PageContext } from '../view/view';
import { text } from '../../shared/texts';

/**
 * A place at the end of the line of a tool call or a thought. What counts is for eyes alone, as nobody wants to hear
 * each second.
 * @param texts what is shown and said once it is over; undefined: nothing.
 */
function durationView(
  key: string,
  { clock, now }: PageContext,
  texts?: { readonly shown: (about: string) => string; readonly said: (about: string) => string },
): HTMLElement {
  const shown = el('span', { 'aria-hidden': 'true' });
  const said = el('span', { class: 'visually-hidden' });
  const element = el('span', { class: 'took' });
  const draw = (state: 'running' | 'told' | undefined, forEyes: string, inWords: string): void => {
    // Most conversations were watched by nobody: what is not needed is not made.
    if (state && !element.firstChild) element.append(shown, said);
    setText(shown, forEyes);
    setText(said, inWords);
    setAttribute(element, 'data-state', state);
  };
  clock.follow(element, key, (time) => {
    if (time?.ms === undefined)
      draw(time && 'running', time ? formatRunning(time, now()) : '', time ? sinceWords(time) : '');
    else if (texts) draw('told', texts.shown(formatAbout(time)), texts.said(formatAbout(time)));
    else draw(undefined, '', '');
    setAttribute(element, 'title', time && timeTitle(time));
  });
  return element;
}

/** At the end of a tool call's line. */
export function callDuration(key: string, context: PageContext): HTMLElement {
  return durationView(key, context, { shown: (about) => `~${about}`, said: (about) => text('time.took', about) });
}

/** At the end of a thought's line, while it lasts: afterwards its words tell. */
export function thoughtDuration(key: string, context: PageContext): HTMLElement {
  return durationView(key, context);
}

/** A boundary between steps: nothing is seen of it where nothing is known of its time. */
export function stepView(key: string, context: PageContext): HTMLElement {
  const name = el('span', { class: 'name' });
  const element = el('div', { class: 'part step' });
  context.clock.follow(element, key, (time) => {
    if (time && !element.firstChild)
      element.append(
        name,
        durationView(key, context, {
          shown: (about) => text('time.about', about),
          said: (about) => text('time.took', about),
        }),
      );
    setText(name, time ? text('time.step', time.step ?? '').trim() : '');
    element.classList.toggle('timed', time !== undefined);
  });
  return element;
}

function sinceWords({ since, within }: PartTime): string {
  return text(within === undefined ? 'time.sinceAtLeast' : 'time.since', timeWithSeconds(since));
}

/** What is known, how exactly and from where. */
export function timeTitle({ since, ms, within }: PartTime): string {
  const began = text(within === undefined ? 'time.seenSince' : 'time.began', exactText(since));
  if (ms === undefined || within === undefined) return began;
  return `${text('time.measured', formatAbout({ ms, within }), formatDuration(Math.ceil(within / 1_000) * 1_000))}\n${began}`;
}
