/** The duration of a part, at the end of its line. It is approximate, because the API does not date parts. */
import { formatAbout, formatRunning, type PartTime } from '../../../src/core/conversation/times/partTimes';
import { formatDuration } from '../../../src/core/words/format';
import { el, setAttribute, setText } from '../../shared/dom';
import { exactText, timeWithSeconds } from '../../shared/time';
import type { PageContext } from '../view/view';
import { text } from '../../shared/texts';

/**
 * The duration at the end of a tool call's or a thought's line. Screen readers skip the running seconds.
 * @param texts what is shown and read aloud once it is over; undefined: nothing.
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
    // Most parts have no measured time, so the spans are made on first use.
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

/** The duration of a tool call. */
export function callDuration(key: string, context: PageContext): HTMLElement {
  return durationView(key, context, { shown: (about) => `~${about}`, said: (about) => text('time.took', about) });
}

/** The duration of a thought that goes on. When it is over, its title says how long it took. */
export function thoughtDuration(key: string, context: PageContext): HTMLElement {
  return durationView(key, context);
}

/** A boundary between steps. It is invisible if its time is not known. */
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

/** The measured time with its error, and when the part began. */
export function timeTitle({ since, ms, within }: PartTime): string {
  const began = text(within === undefined ? 'time.seenSince' : 'time.began', exactText(since));
  if (ms === undefined || within === undefined) return began;
  return `${text('time.measured', formatAbout({ ms, within }), formatDuration(Math.ceil(within / 1_000) * 1_000))}\n${began}`;
}
