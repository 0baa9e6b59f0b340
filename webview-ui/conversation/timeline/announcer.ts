import type { Header } from '../../../src/core/pages/conversation/protocol';
import type { OutboxItem } from '../../../src/core/conversation/queue/outbox';
import { runStateOf } from '../../../src/core/organization/status/runState';
import { render } from '../../../src/core/words/render';
import { summarizeTool, type ToolTone } from '../../../src/core/conversation/toolCalls/toolSummary';
import type { Message, ToolPart } from '../../../src/core/conversation/transcript/transcript';
import type { PageText } from '../../../src/core/pages/texts';
import { el } from '../../shared/dom';
import { authorOf } from './messageView';
import { spokenPart } from '../parts/partView';
import { counted, text } from '../../shared/texts';

/** At most one summary of the agent's work in this time: an agent writes faster than anyone listens. */
const PAUSE_MS = 4_000;
/** Results of the user's own actions are read aloud this soon. Results that arrive in the meantime join them. */
const SOON_MS = 400;

/** Words for results whose title does not say them. */
const TONES: Readonly<Partial<Record<ToolTone, PageText>>> = {
  failed: 'tool.failed',
  denied: 'tool.denied',
  warning: 'tool.warning',
};

/**
 * Tells screen readers briefly what is new: how many messages, the newest part, the state of the run and of prompts.
 */
export class Announcer {
  readonly element = el('div', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });
  private status: string | undefined;
  /** The last message; null if there was none yet. */
  private last: Message | null | undefined;
  /** The last message at the time of the last summary. */
  private heard: string | undefined;
  private states: ReadonlyMap<string, OutboxItem['state']> | undefined;
  /** News about the agent and the run. Newer news replaces it. */
  private news: string | undefined;
  /** Results of the user's own actions. All of them are read aloud. */
  private answers: readonly string[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private soon: ReturnType<typeof setTimeout> | undefined;

  /**
   * Compares what is shown with what was shown before. The first call is silent, because readers start on their own.
   */
  observe(header: Header, messages: readonly Message[], outbox: readonly OutboxItem[]): void {
    const last = messages.at(-1) ?? null;
    if (this.last === undefined) this.heard = last?.id;
    else if (this.last !== last) this.say(newest(messages, this.heard));
    const status = render(runStateOf(header).word, 'page');
    if (this.status !== undefined && this.status !== status) this.say(text('said.status', status));
    this.last = last;
    this.status = status;
    this.announceOutbox(outbox);
  }

  /** Reads out what happened to something that the user did. */
  answer(answer: string): void {
    this.answers = [...this.answers, answer];
    this.soon ??= setTimeout(() => {
      this.soon = undefined;
      this.speak(this.answers.join(' '));
      this.answers = [];
    }, SOON_MS);
  }

  private announceOutbox(outbox: readonly OutboxItem[]): void {
    const before = this.states;
    this.states = new Map(outbox.map(({ clientId, state }) => [clientId, state]));
    if (!before) return;
    const queued = outbox.filter(({ state }) => state === 'queued').length;
    const onHold = outbox.filter(({ clientId, state }) => state === 'onHold' && before.get(clientId) !== 'onHold');
    for (const { clientId, state, problem } of outbox) {
      const was = before.get(clientId);
      if (was === state) continue;
      if (state === 'failed') this.answer(`${text('said.notSent')} ${problem ?? ''}`.trim());
      if (state === 'uncertain') this.answer(problem ?? text('said.uncertain'));
      if (state === 'queued' && was === undefined) this.answer(text('said.queued', queued));
      if (state === 'sending' && was === 'queued') this.answer(text('said.sending'));
    }
    if (onHold[0])
      this.answer(`${text('said.held', counted(onHold.length, 'prompt'))} ${onHold[0].problem ?? ''}`.trim());
  }

  private say(news: string | undefined): void {
    if (news === undefined || news === '') return;
    this.news = news;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      if (this.news !== undefined) this.speak(this.news);
      this.news = undefined;
      this.heard = this.last?.id;
    }, PAUSE_MS);
  }

  private speak(words: string): void {
    // Screen readers ignore the same words again. An invisible space makes them different.
    this.element.textContent = this.element.textContent === words ? `${words}\u00A0` : words;
  }
}

/** @param heard the last message that a summary included. */
function newest(messages: readonly Message[], heard: string | undefined): string | undefined {
  const message = messages.at(-1);
  if (!message || message.role === 'user') return undefined;
  const added = messages.length - 1 - messages.findLastIndex(({ id }) => id === heard);
  for (const part of [...message.parts].reverse()) {
    const words = spokenPart(part, spokenTool);
    if (words !== undefined && words !== '')
      return `${added > 1 ? `${text('said.newMessages', added)} ` : ''}${authorOf(message.role)}: ${words}`;
  }
  return undefined;
}

function spokenTool(tool: ToolPart): string {
  const { title, detail, tone } = summarizeTool(tool);
  const word = TONES[tone];
  // Most titles contain the word already.
  const isSaid = word === undefined || /fail|error|denied|warning|could not/i.test(title);
  return `${isSaid ? '' : `${text(word)}: `}${detail === undefined ? title : `${title}: ${detail}`}`;
}
