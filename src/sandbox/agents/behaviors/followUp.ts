import { answerTo } from '../answers';
import {
  figuresOf,
  percent,
  simulateBacktest,
  TABLE_HEAD,
  tableRow,
  type BacktestFigures,
  type Performance,
} from '../backtest';
import { changeFor, wishOf } from '../followUps';
import { ProjectTools } from '../project';
import { readPrompt } from '../promptFacts';
import { strategyById } from '../strategies';
import type { Draft } from '../strategies/strategy';
import type { ProjectNotes, Script } from '../timeline';
import { openScript, type Behavior, type Stage } from './behavior';
import { converse } from './converse';

/** Answers a prompt about a strategy that the agent built before: changes, optimizes or explains it. */
export const followUp: Behavior = {
  id: 'follow-up',
  play(stage) {
    const { notes } = stage;
    const path = ['main.py', 'Main.cs'].find((file) => stage.files.has(file));
    if (!notes || path === undefined) return converse.play(stage);
    const repair = repairOf(notes, stage.files.get(path) ?? '');
    if (repair) return fix(stage, notes, path, repair);
    switch (wishOf(stage.facts)) {
      case 'optimize':
        return optimize(stage, notes);
      case 'question':
        return explain(stage, notes, path);
      case 'thanks':
        return thank(stage, notes);
      case 'change':
        return change(stage, notes, path);
    }
  },
};

type Flaw = Draft['flaw'];

/** What is still wrong with a project after its last run gave up. */
function repairOf(notes: ProjectNotes, code: string): Flaw | undefined {
  const flaw = strategyById(notes.strategyId)?.write(readPrompt(notes.prompt)).flaw;
  return notes.backtests.length === 0 &&
    flaw &&
    !code.includes(flaw.newString) &&
    code.split(flaw.oldString).length === 2
    ? flaw
    : undefined;
}

function fix(stage: Stage, notes: ProjectNotes, path: string, flaw: Flaw): Script {
  const writer = openScript(stage);
  const tools = new ProjectTools(writer, stage.random.fork('tools'), stage.projectId, notes.strategyId, stage.files);
  writer.think(`“${stage.facts.gist}” Whatever else is asked, the project has to run first. ${flaw.diagnosis}`);
  writer.say('I take the error first, as nothing can be measured before the backtest runs.');
  tools.editFile(path, flaw);
  tools.compile();
  const backtest = tools.backtest('After the repair', notes.performance, notes.startYear, notes.cash);
  writer.say(`The backtest runs to its end now. ${flaw.diagnosis}\n\n${TABLE_HEAD}\n${tableRow(backtest)}`);
  return writer.finish({ notes: { ...notes, backtests: [figuresOf(backtest)] } });
}

function change(stage: Stage, notes: ProjectNotes, path: string): Script {
  const { facts, random, projectId, files } = stage;
  const found = changeFor(facts, files.get(path) ?? '');
  if (!found) return explain(stage, notes, path);
  const writer = openScript(stage);
  const tools = new ProjectTools(writer, random.fork('tools'), projectId, notes.strategyId, files);
  const { change: wanted, edit } = found;
  const performance = wanted.effect(notes.performance);
  const startYear = wanted.id === 'out-of-sample' ? 2007 : notes.startYear;
  const previous = notes.backtests.at(-1);

  writer.think(
    `“${facts.gist}” The smallest change that does this is a version ${wanted.name}. One change at a time, so that the difference between the backtests has one cause.`,
  );
  writer.say(wanted.plan);
  writer.tool(
    'read_file',
    { filePath: path },
    { success: true, errors: [], file: { name: path, content: files.get(path) ?? '' } },
  );
  tools.editFile(path, edit);
  tools.compile();
  if (random.fork('course').chance(0.1)) stumble(writer, tools, path);
  const backtest = tools.backtest(capitalized(wanted.name), performance, startYear, notes.cash);
  const rows = [...(previous ? [previous] : []), backtest];
  writer.say(
    `${wanted.verdict}\n\n${TABLE_HEAD}\n${rows.map(tableRow).join('\n')}\n\nThe change is in \`${path}\`:\n\n\`\`\`diff\n${diffOf(edit.oldString, edit.newString)}\n\`\`\``,
  );
  return writer.finish({
    notes: { ...notes, performance, startYear, backtests: remembered([...notes.backtests, figuresOf(backtest)]) },
  });
}

/** The first and the latest backtest, for a comparison. */
function remembered(backtests: readonly BacktestFigures[]): readonly BacktestFigures[] {
  return backtests.length <= 6 ? backtests : [...backtests.slice(0, 1), ...backtests.slice(-5)];
}

/** A tool that refuses once, which costs only time. */
function stumble(writer: ReturnType<typeof openScript>, tools: ProjectTools, path: string): void {
  writer.toolError(
    'create_backtest',
    { projectId: tools.projectId, backtestName: 'Check' },
    'No backtest node is available right now. Stop a running backtest or try again in a minute.',
  );
  writer.think(`The node was busy; ${path} is compiled, so I only have to ask again.`);
  writer.pause(1.5);
}

function optimize(stage: Stage, notes: ProjectNotes): Script {
  const { random, projectId } = stage;
  const writer = openScript(stage);
  const optimizationId = `O-${random.text(32, '0123456789abcdef')}`;
  const values = [0.6, 0.8, 1, 1.25, 1.6];
  const rows = values.map((factor) => {
    const distance = Math.abs(Math.log(factor));
    const performance: Performance = {
      ...notes.performance,
      annualReturn: notes.performance.annualReturn * (1 - 0.35 * distance * random.between(0.6, 1.4)),
    };
    const period = {
      from: new Date(Date.UTC(notes.startYear, 0, 1)),
      to: new Date(Date.UTC(2025, 11, 31)),
      cash: notes.cash,
    };
    return {
      factor,
      backtest: simulateBacktest(
        random.fork(String(factor)),
        `× ${factor.toFixed(2)}`,
        notes.strategyId,
        performance,
        period,
        projectId,
      ),
    };
  });
  const best = rows.reduce(
    (leader, row) => (row.backtest.sharpe > leader.backtest.sharpe ? row : leader),
    rows[0] ?? { factor: 1, backtest: { sharpe: 0 } },
  );

  writer.think(
    'A sweep should show a plateau, not a peak: I care more about how flat the surface is around the current value than about its maximum. Five values on a geometric grid are enough for that and cost five backtests.',
  );
  writer.say('I’ll sweep the main parameter from 60% to 160% of its value and look at the shape of the result.');
  writer.tool(
    'create_optimization',
    {
      projectId,
      name: 'Sensitivity of the main parameter',
      target: "TotalPerformance.PortfolioStatistics['SharpeRatio']",
      targetTo: 'max',
      strategy: 'GridSearchOptimizationStrategy',
      parallelNodes: 5,
    },
    { success: true, errors: [], optimization: { optimizationId, projectId, status: 'new', estimatedCost: 0.42 } },
  );
  writer.pause(4);
  writer.tool(
    'read_optimization',
    { optimizationId },
    {
      success: true,
      errors: [],
      optimization: {
        optimizationId,
        status: 'running',
        runtimeStatistics: { Completed: '2', Failed: '0', Running: '3', 'In Queue': '0', Total: '5' },
      },
    },
  );
  writer.pause(8);
  writer.tool(
    'read_optimization',
    { optimizationId },
    {
      success: true,
      errors: [],
      optimization: {
        optimizationId,
        status: 'completed',
        runtimeStatistics: { Completed: '5', Failed: '0', Running: '0', 'In Queue': '0', Total: '5' },
        backtests: rows.map(({ factor, backtest }) => ({
          parameterSet: { factor: String(factor) },
          sharpeRatio: Number(backtest.sharpe.toFixed(3)),
          drawdown: Number(backtest.drawdown.toFixed(3)),
        })),
      },
    },
  );
  const spread =
    Math.max(...rows.map(({ backtest }) => backtest.sharpe)) - Math.min(...rows.map(({ backtest }) => backtest.sharpe));
  writer.say(
    `### Sensitivity\n\n| Parameter | CAGR | Sharpe | Max drawdown |\n|---:|---:|---:|---:|\n${rows.map(({ factor, backtest }) => `| × ${factor.toFixed(2)} | ${percent(backtest.annualReturn, 1)} | ${backtest.sharpe.toFixed(2)} | ${percent(backtest.drawdown, 1)} |`).join('\n')}\n\nThe best value is × ${best.factor.toFixed(2)}, and the whole range spans ${spread.toFixed(2)} in Sharpe. That is a plateau: **I would keep the current value**, because moving to the maximum of a grid buys noise and pays with a degree of freedom.`,
  );
  return writer.finish({ notes });
}

function explain(stage: Stage, notes: ProjectNotes, path: string): Script {
  const { facts, projectId } = stage;
  const latest = notes.backtests.at(-1);
  if (!latest) return converse.play(stage);
  const writer = openScript(stage);
  writer.think(`A question, not a change: “${facts.gist}” I answer from the backtest rather than from memory.`);
  writer.tool(
    'read_backtest',
    { projectId, backtestId: latest.backtestId },
    {
      success: true,
      errors: [],
      backtest: {
        backtestId: latest.backtestId,
        name: latest.name,
        status: 'Completed.',
        statistics: {
          'Sharpe Ratio': latest.sharpe.toFixed(3),
          Drawdown: percent(latest.drawdown),
          'Compounding Annual Return': percent(latest.annualReturn),
          'Total Orders': String(latest.orders),
        },
      },
    },
  );
  writer.say(answerTo(facts, { notes, latest, code: stage.files.get(path) ?? '', path }));
  return writer.finish({ notes });
}

function thank(stage: Stage, notes: ProjectNotes): Script {
  const writer = openScript(stage);
  const latest = notes.backtests.at(-1);
  writer.say(
    `Glad it helps.${latest ? ` The project holds the version with a Sharpe ratio of ${latest.sharpe.toFixed(2)} and ${percent(latest.drawdown, 1)} maximum drawdown.` : ''} Tell me when you want to go on.`,
  );
  return writer.finish({ notes });
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The edit as a diff would show it: unchanged lines are not repeated on both sides. */
function diffOf(oldString: string, newString: string): string {
  const before = oldString.replace(/\n$/, '').split('\n');
  const after = newString.replace(/\n$/, '').split('\n');
  return [
    ...before.map((line) => (after.includes(line) ? ` ${line}` : `-${line}`)),
    ...after.filter((line) => !before.includes(line)).map((line) => `+${line}`),
  ].join('\n');
}
