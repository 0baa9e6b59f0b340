import { figuresOf, TABLE_HEAD, tableRow, type Backtest } from '../backtest';
import { ProjectTools } from '../project';
import { strategyById, strategyFor } from '../strategies';
import { toolOutput } from '../scriptWriter';
import { openScript, type Behavior } from './behavior';

const WINDOWS = [2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024];

/** A walk-forward study of about nine minutes at speed 1, for watching and stopping. */
export const long: Behavior = {
  id: 'long',
  play(stage) {
    const { random, projectId, facts } = stage;
    const writer = openScript(stage);
    const strategy = strategyById(stage.details[0]) ?? strategyFor(facts);
    const draft = strategy.write(facts);
    const tools = new ProjectTools(writer, random.fork('tools'), projectId, strategy.id, stage.files);
    writer.think(
      `${draft.thinking}\n\nA walk-forward study: fit on three years, test on the next, move on by one. Nine windows, so this takes a while; each result stands on its own, and the sum of the test years is the only curve that counts.`,
    );
    writer.say(
      `I'll build ${draft.title} and walk it forward through ${String(WINDOWS.length)} windows: three years to choose the parameter, one year to trade it.`,
    );
    tools.createFile(draft.file, draft.content);
    tools.compile();
    const results: Backtest[] = [];
    WINDOWS.forEach((year, index) => {
      const luck = random.fork(`window ${String(year)}`);
      const performance = {
        ...draft.performance,
        annualReturn: draft.performance.annualReturn * luck.between(0.2, 1.6),
        orders: Math.round(draft.performance.orders / 9),
      };
      writer.pause(14);
      results.push(tools.backtest(`Test ${String(year)}`, performance, year, draft.cash, year));
      writer.pause(18);
      const [latest] = results.slice(-1);
      if (latest) {
        writer.think(
          `Window ${String(index + 1)} of ${String(WINDOWS.length)}: Sharpe ${latest.sharpe.toFixed(2)} out of sample. ${latest.sharpe > 0.6 ? 'In line with the fit.' : 'Weaker than the fit, as usual in a year without trends.'} The chosen parameter has moved little, which is what I want to see.`,
        );
        writer.say(
          `**${String(year)}**: Sharpe ${latest.sharpe.toFixed(2)}, drawdown ${(latest.drawdown * 100).toFixed(1)}%.`,
        );
      }
    });
    const good = results.filter(({ sharpe }) => sharpe > 0).length;
    writer.say(
      `## Walk-forward result\n\n${TABLE_HEAD}\n${results.map(tableRow).join('\n')}\n\n${String(good)} of ${String(results.length)} test years are positive. The parameter stays between 80% and 125% of its value in all windows: the strategy does not depend on refitting.`,
    );
    return writer.finish({
      notes: {
        strategyId: strategy.id,
        prompt: facts.text,
        performance: draft.performance,
        startYear: draft.startYear,
        cash: draft.cash,
        backtests: results.slice(-3).map(figuresOf),
      },
    });
  },
};

/** The provider refuses the agent's key: a run that fails before its first word. */
export const providerError: Behavior = {
  id: 'provider-error',
  play(stage) {
    const writer = openScript(stage);
    writer.pause(2);
    return writer.finish({
      outcome: {
        status: 'Failed',
        runtimeError:
          'The LLM provider refused the request: 401 authentication_error, invalid API key. Check the token of this agent.',
      },
    });
  },
};

/** Waits in the queue for ten minutes at speed 1. */
export const queued: Behavior = {
  id: 'queued',
  play(stage) {
    const script = openScript(stage)
      .pause(600)
      .say('My turn at last. Nothing else was asked of me.')
      .finish({ notes: stage.notes });
    return { ...script, queueMs: 600_000 };
  },
};

const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

/** One of every part and tool state in the contract, for people who build a client. */
export const everyPart: Behavior = {
  id: 'every-part',
  play(stage) {
    const { random } = stage;
    const writer = openScript(stage);
    const toolCallId = (): string => `toolu_01${random.text(22)}`;
    const tool = {
      type: 'dynamic-tool',
      toolName: 'create_live_algorithm',
      input: { projectId: stage.projectId, brokerage: { id: 'QuantConnectBrokerage' } },
    };
    writer.think('Every kind of part in one message.');
    writer.say(
      'Text with **Markdown**, `code`, a [link](https://www.quantconnect.com/docs), a table and math $\\sigma = \\sqrt{252}\\,s$:\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n```python\nself.debug("hello")\n```',
    );
    writer.part({
      type: 'source-url',
      sourceId: 'url-1',
      url: 'https://www.quantconnect.com/docs/v2',
      title: 'Documentation',
    });
    writer.part({
      type: 'source-document',
      sourceId: 'document-1',
      mediaType: 'application/pdf',
      title: 'A paper',
      filename: 'paper.pdf',
    });
    writer.part({ type: 'file', mediaType: 'image/png', url: PIXEL, filename: 'equity.png' });
    writer.part({
      type: 'file',
      mediaType: 'text/csv',
      url: 'https://cdn.quantconnect.com/example/orders.csv',
      filename: 'orders.csv',
    });
    writer.part({ type: 'reasoning-file', mediaType: 'image/png', url: PIXEL });
    writer.part({
      type: 'data-backtest-progress',
      id: 'progress-1',
      data: { progress: 0.62, backtestId: random.text(32, '0123456789abcdef') },
    });
    writer.part({ type: 'custom', kind: 'quantconnect.kanban', providerMetadata: { quantconnect: { board: 4 } } });
    writer.part({
      type: 'steering-message',
      id: 'steer-1',
      parts: [{ type: 'text', text: 'Keep the drawdown below 10%.' }],
    });
    writer.part({
      type: 'tool-read_backtest',
      toolCallId: toolCallId(),
      state: 'output-available',
      input: { backtestId: 'b' },
      output: toolOutput({ success: true, errors: [] }),
    });
    writer.part({ ...tool, toolCallId: toolCallId(), state: 'approval-requested', approval: { id: 'approval-1' } });
    writer.part({
      ...tool,
      toolCallId: toolCallId(),
      state: 'approval-responded',
      approval: { id: 'approval-2', approved: true },
    });
    writer.part({
      ...tool,
      toolCallId: toolCallId(),
      state: 'output-denied',
      approval: { id: 'approval-3', approved: false, reason: 'Not before the validation.' },
    });
    writer.part({
      type: 'dynamic-tool',
      toolName: 'create_backtest',
      toolCallId: toolCallId(),
      state: 'output-available',
      input: { backtestName: 'Half way' },
      output: { progress: 0.5 },
      preliminary: true,
    });
    writer.part({
      type: 'dynamic-tool',
      toolName: 'fetch_url',
      toolCallId: toolCallId(),
      state: 'output-error',
      rawInput: '{"url": "htt',
      errorText: 'Invalid input: the JSON ended too early.',
    });
    writer.part({ type: 'something-new', note: 'A type that no client knows yet.' });
    writer.toolError('read_file', { filePath: 'missing.py' }, 'File missing.py was not found in the project.');
    writer.askAgent(
      { id: 43, name: 'Research Agent' },
      'Look at this.',
      (inner) => {
        inner.think('Looking.');
        inner.say('Seen.');
      },
      'Seen.',
    );
    writer.say('That was all of them.');
    return writer.finish({ notes: stage.notes });
  },
};
