import { formatDate } from '../../../src/core/words/dates';
import { formatTokens } from '../../../src/core/words/format';
import type { Freshness, Header, PageAction } from '../../../src/core/pages/conversation/protocol';
import { isActive, runStateOf, type RunKind } from '../../../src/core/organization/status/runState';
import { runningTimeWords, runTimeWords } from '../../../src/core/organization/status/runTimeWords';
import { plainLine } from '../../../src/core/words/plain';
import { render } from '../../../src/core/words/render';
import type { PageText } from '../../../src/core/pages/texts';
import { formatNumber } from '../../../src/core/words/texts';
import { text } from '../../shared/texts';
import { badge, button } from '../../shared/controls';
import { el, setAttribute, setText } from '../../shared/dom';
import { icon, type IconName } from '../../shared/icons';
import { reachableByKeyboard } from '../../shared/keyboardScroll';
import { momentText, setTime } from '../../shared/time';
import { durationTitle } from './durationTitle';

const SHAPES: Readonly<Record<RunKind, IconName | undefined>> = {
  waiting: 'hourglass',
  running: undefined,
  completed: 'check',
  stopped: 'stop',
  failed: 'cross',
  ended: 'denied',
  unknown: 'question',
};

const ACTION_LABELS = {
  retry: 'action.retry',
  signIn: 'action.signIn',
  openSettings: 'action.openSettings',
  switchOrganization: 'action.switchOrganization',
  showLog: 'action.showLog',
} as const satisfies Readonly<Record<PageAction, PageText>>;

export interface HeaderIntents {
  readonly stop: () => void;
  /** Stop has disappeared while it had the focus. */
  readonly stopGone: () => void;
  readonly act: (action: PageAction) => void;
  readonly now: () => number;
}

/** The title of the conversation, the state of the run, and how current the page is. */
export class HeaderView {
  readonly element: HTMLElement;
  private readonly title = el('h1', {}, text('title'));
  private readonly sandbox = badge(text('header.sandbox'), text('header.sandboxTitle'));
  private readonly shape = el('span', { class: 'shape' });
  private readonly word = el('span', { class: 'word' });
  private readonly duration = el('span', { class: 'duration' });
  private readonly status = el('p', { class: 'status' }, this.shape, this.word, this.duration);
  private readonly agent = el('span', { class: 'agent' });
  private readonly model = el('span', { class: 'model' });
  private readonly started = el('time');
  private readonly tokens = el('span', { class: 'tokens' });
  private readonly project = el('a', { class: 'project' });
  private readonly freshness = el('span', { class: 'freshness' });
  private readonly stop;
  /** Actions on the whole conversation, at the end of the line. */
  readonly tools = el('div', { class: 'tools' });
  private readonly runtimeError = el('div', { class: 'banner failed', role: 'alert' });
  private readonly problem = el('div', { class: 'banner warning', role: 'status' });
  private shown: Header | undefined;
  private shownFreshness: Freshness | undefined;
  private isLost = false;
  private shownRuntimeError = '';
  private shownProblem: string | undefined;
  private ticking: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly intents: HeaderIntents) {
    this.stop = button(text('header.stop'), intents.stop, { shape: 'stop' });
    setAttribute(this.stop.element, 'hidden', true);
    setAttribute(this.sandbox, 'hidden', true);
    setAttribute(this.runtimeError, 'hidden', true);
    setAttribute(this.problem, 'hidden', true);
    this.element = el(
      'header',
      { class: 'page-header' },
      el('div', { class: 'heading' }, this.title, this.sandbox, this.status, this.stop.element, this.tools),
      // Scrolls in a small page. It is outside the heading, because it would clip the menus that open from the heading.
      reachableByKeyboard(
        el(
          'div',
          { class: 'header-rest' },
          el(
            'div',
            { class: 'meta' },
            el('p', {}, this.agent, this.model, this.started, this.tokens, this.project, this.freshness),
          ),
          el('div', { class: 'banners' }, this.runtimeError, this.problem),
        ),
      ),
    );
  }

  /** @param isLost the extension host does not answer, so the header can be out of date. */
  show(header: Header, freshness: Freshness, isLost: boolean): void {
    if (header !== this.shown) this.showHeader(header);
    if (header !== this.shown || freshness !== this.shownFreshness || isLost !== this.isLost) {
      this.isLost = isLost;
      this.showFreshness(header, freshness);
      this.tick(header, freshness);
    }
    this.shown = header;
    this.shownFreshness = freshness;
  }

  /** Draws what does not depend on the time. `tick` draws the rest. */
  private showHeader(header: Header): void {
    const { model, started, created, inputTokens, outputTokens, runtimeError, projectId, projectUrl } = header;
    const { kind, word } = runStateOf(header);
    setText(this.title, plainLine(header.taskName));
    setAttribute(this.title, 'title', plainLine(header.taskName));
    setAttribute(this.sandbox, 'hidden', !header.sandbox);
    if (this.status.dataset['kind'] !== kind) {
      this.status.dataset['kind'] = kind;
      const shape = SHAPES[kind];
      this.shape.replaceChildren(...(shape ? [icon(shape)] : [el('span', { class: 'pulse' })]));
    }
    setText(this.word, render(word, 'page'));
    setAttribute(this.status, 'hidden', kind === 'unknown' && header.status === '');
    setAttribute(this.duration, 'title', durationTitle(header));
    setText(this.agent, plainLine(header.agentName));
    setText(this.model, plainLine(model ?? ''));
    const since = started ?? created;
    if (since !== undefined)
      setTime(
        this.started,
        since,
        text(started === undefined ? 'header.created' : 'header.started', momentText(since, this.intents.now())),
      );
    setAttribute(this.started, 'hidden', since === undefined);
    setText(this.tokens, tokensText(inputTokens, outputTokens));
    setAttribute(this.tokens, 'title', tokensTitle(inputTokens, outputTokens));
    setAttribute(this.project, 'hidden', projectId === undefined || projectUrl === undefined);
    setText(this.project, projectId === undefined ? '' : text('header.project', projectId));
    if (projectUrl !== undefined) setAttribute(this.project, 'href', projectUrl);
    const stopHadFocus = this.stop.element === document.activeElement;
    setAttribute(this.stop.element, 'hidden', !header.canStop && !header.stopping);
    this.stop.setLabel(header.stopping ? text('header.stopping') : text('header.stop'));
    // A press can get lost, so each press sends a message.
    setAttribute(this.stop.element, 'title', header.stopping ? text('header.stopAgain') : undefined);
    this.stop.setEnabled(header.canStop || header.stopping);
    if (stopHadFocus && !header.canStop) this.intents.stopGone();
    this.showRuntimeError(runtimeError ?? '');
  }

  private showRuntimeError(error: string): void {
    if (error === this.shownRuntimeError) return;
    this.shownRuntimeError = error;
    setAttribute(this.runtimeError, 'hidden', error === '');
    const trace = el('pre', { dir: 'auto' }, error);
    reachableByKeyboard(trace);
    this.runtimeError.replaceChildren(
      ...(error === '' ? [] : [icon('cross'), el('div', {}, el('strong', {}, text('runtimeError')), trace)]),
    );
  }

  /**
   * While the run is known to go on, the duration counts up each second. Otherwise it stops at the last confirmed time.
   */
  private tick(header: Header, { problem, confirmedAt }: Freshness): void {
    clearInterval(this.ticking);
    const isOld = problem !== undefined || this.isLost;
    const draw = (): void => {
      setText(
        this.duration,
        isOld && confirmedAt === undefined ? '' : durationText(header, isOld ? (confirmedAt ?? 0) : this.intents.now()),
      );
    };
    draw();
    if (!isOld && isActive(header)) this.ticking = setInterval(draw, 1_000);
  }

  private showFreshness(header: Header, { confirmedAt, loading, problem }: Freshness): void {
    const confirmed = confirmedAt === undefined ? undefined : momentText(confirmedAt, this.intents.now());
    const asOf = confirmed === undefined ? undefined : text('header.asOf', confirmed);
    const isLive = !this.isLost && isActive(header);
    setText(
      this.freshness,
      problem ? '' : asOf === undefined ? (loading ? text('header.reading') : '') : isLive ? text('header.live') : asOf,
    );
    setAttribute(
      this.freshness,
      'title',
      confirmedAt === undefined ? undefined : text('header.confirmed', formatDate(confirmedAt, 'exact')),
    );
    const key = JSON.stringify([problem, confirmed]);
    if (key === this.shownProblem) return;
    this.shownProblem = key;
    setAttribute(this.problem, 'hidden', problem === undefined);
    this.problem.replaceChildren(...(problem ? this.problemParts(problem, confirmed) : []));
  }

  private problemParts(
    { message, action }: NonNullable<Freshness['problem']>,
    confirmed: string | undefined,
  ): readonly Node[] {
    const parts: Node[] = [
      icon('warning'),
      el(
        'div',
        {},
        el('span', {}, message),
        confirmed !== undefined && el('span', { class: 'muted' }, ` ${text('header.shownAsOf', confirmed)}`),
      ),
    ];
    if (action) parts.push(button(actionLabel(action), () => this.intents.act(action)).element);
    return parts;
  }
}

export function actionLabel(action: PageAction): string {
  return text(ACTION_LABELS[action]);
}

function durationText(header: Header, now: number): string {
  const { runTime } = header;
  if (!runTime) return '';
  return render(isActive(header) ? runningTimeWords(runTime, now) : runTimeWords(runTime), 'page');
}

function tokensText(input: number | undefined, output: number | undefined): string {
  return [
    input === undefined ? '' : text('header.tokensIn', formatTokens(input)),
    output === undefined ? '' : text('header.tokensOut', formatTokens(output)),
  ]
    .filter((side) => side !== '')
    .join(' · ');
}

function tokensTitle(input: number | undefined, output: number | undefined): string | undefined {
  if (input === undefined && output === undefined) return undefined;
  return text('header.tokens', formatNumber(input ?? 0), formatNumber(output ?? 0));
}
