/** Instants as a reader sees them: local, with the exact instant in a tooltip. */
import { formatDate } from '../../src/core/words/dates';
import { el, setAttribute, setText } from './dom';

export function timeText(instant: number): string {
  return formatDate(instant, 'time');
}

/** `2:02:11 PM`. */
export function timeWithSeconds(instant: number): string {
  return formatDate(instant, 'timeWithSeconds');
}

export function dayText(instant: number, now: number): string {
  const sameYear = new Date(instant).getFullYear() === new Date(now).getFullYear();
  return formatDate(instant, sameYear ? 'day' : 'dayWithYear');
}

/** The time, with the day in front if it is not today. */
export function momentText(instant: number, now: number): string {
  return isSameDay(instant, now) ? timeText(instant) : `${dayText(instant, now)}, ${timeText(instant)}`;
}

export function isSameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

/** A `<time>` that shows `text`. Its tooltip shows the exact instant, local and in UTC. */
export function timeElement(instant: number, text: string): HTMLTimeElement {
  const element = el('time');
  setTime(element, instant, text);
  return element;
}

/** The exact instant, local and in UTC. */
export function exactText(instant: number, between = '\n'): string {
  return `${formatDate(instant, 'exact')}${between}${new Date(instant).toISOString()}`;
}

export function setTime(element: HTMLTimeElement, instant: number, text: string): void {
  const iso = new Date(instant).toISOString();
  setText(element, text);
  setAttribute(element, 'datetime', iso);
  setAttribute(element, 'title', exactText(instant));
}
