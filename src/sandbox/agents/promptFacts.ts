/** What a scripted agent understands of a prompt: enough to use the right tickers, rhythm and language. */
export interface PromptFacts {
  readonly text: string;
  readonly language: 'Python' | 'C#';
  /** Known tickers, in the order of the prompt. */
  readonly tickers: readonly string[];
  readonly cadence: 'daily' | 'weekly' | 'monthly' | 'quarterly' | undefined;
  /** A lookback such as `12-month` or `60 days`, in trading days. */
  readonly lookback: number | undefined;
  /** The first sentence, cut short for a quotation. */
  readonly gist: string;
}

const TICKERS = new Set(
  (
    'SPY QQQ IWM DIA TLT IEF SHY GLD SLV USO UNG DBC EFA EEM VNQ HYG LQD XLK XLF XLE XLV XLI XLP XLU XLY XLB VXX UVXY SVXY BIL ' +
    'AAPL MSFT NVDA AMZN GOOG GOOGL META TSLA AMD NFLX JPM BAC GS XOM CVX KO PEP WMT TGT COST HD LOW MA V GDX GDXJ EWA EWC ' +
    'BTCUSD ETHUSD SOLUSD BTC ETH EURUSD GBPUSD USDJPY ES NQ CL GC ZN ZB NG'
  ).split(' '),
);

const CADENCES = [
  ['quarterly', /\bquarterly\b|\bevery quarter\b/i],
  ['monthly', /\bmonthly\b|\b(?:every|once a|each) month\b|\bmonth[- ]end\b/i],
  // Daily bars are a strategy's input, not its trading rhythm.
  ['weekly', /\bweekly\b|\b(?:every|once a|each) week\b|\bmondays?\b/i],
  ['daily', /\bdaily\b(?! (?:resolution|bars|closes|data))|\b(?:every|once a|each) day\b/i],
] as const;

const DAYS_PER_UNIT: Readonly<Record<string, number>> = { day: 1, week: 5, month: 21, year: 252 };

export function readPrompt(text: string): PromptFacts {
  // A block that only the other language sees says nothing about this one.
  const outside = withoutLanguageBlocks(text);
  const lookback = /(\d{1,3})[- ](day|week|month|year)s?\b/i.exec(outside);
  const tickers = [...outside.matchAll(/\b[A-Z]{1,6}\b/g)]
    .map(([ticker]) => ticker)
    .filter((ticker) => ticker.length > 1 && TICKERS.has(ticker));
  return {
    text,
    language: /\bC#|\bcsharp\b|\.NET\b/i.test(outside) ? 'C#' : 'Python',
    tickers: [...new Set(tickers)],
    cadence: CADENCES.find(([, words]) => words.test(outside))?.[0],
    lookback: lookback ? Number(lookback[1]) * (DAYS_PER_UNIT[(lookback[2] ?? '').toLowerCase()] ?? 1) : undefined,
    gist: gistOf(outside),
  };
}

/** Replaces each block by a blank. A block without an end stays, and its end is searched once. */
function withoutLanguageBlocks(text: string): string {
  const opening = /<(python|csharp)>/gi;
  const unclosed = new Set<string>();
  const kept: string[] = [];
  let from = 0;
  for (let found = opening.exec(text); found; found = opening.exec(text)) {
    const language = (found[1] ?? '').toLowerCase();
    if (unclosed.has(language)) continue;
    const closing = new RegExp(`</${language}>`, 'gi');
    closing.lastIndex = opening.lastIndex;
    if (closing.test(text)) {
      kept.push(text.slice(from, found.index));
      from = opening.lastIndex = closing.lastIndex;
    } else {
      unclosed.add(language);
    }
  }
  return [...kept, text.slice(from)].join(' ');
}

/** Whether the prompt has any of these words or word starts (`optimi` finds *optimize*). */
export function mentions(facts: Pick<PromptFacts, 'text'>, ...beginnings: readonly string[]): boolean {
  const escaped = beginnings.map((beginning) => beginning.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`(?:^|[^\\p{L}\\p{N}])(?:${escaped.join('|')})`, 'iu').test(facts.text);
}

function gistOf(text: string): string {
  const line =
    text
      .replaceAll(/\[sandbox:[^\]]{0,200}\]/gi, '')
      .split('\n')
      .map((one) => one.replace(/^[#>\-*\s]+/, '').trim())
      .find((one) => one !== '') ?? '';
  const plain = line.replace(/^(?:hypothesis|theme|task|goal)\s*:\s*/i, '');
  const sentence = /^.*?[.?!](?=\s|$)/.exec(plain)?.[0] ?? plain;
  return sentence.length <= 140
    ? sentence.replace(/\.$/, '')
    : `${sentence.slice(0, sentence.lastIndexOf(' ', 137))} …`;
}
