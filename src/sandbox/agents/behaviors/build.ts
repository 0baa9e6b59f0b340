import { figuresOf, percent, TABLE_HEAD, tableRow, type Backtest, type Performance } from '../backtest';
import { ProjectTools, RUNTIME_ERROR } from '../project';
import type { ScriptWriter } from '../scriptWriter';
import { strategyById, strategyFor } from '../strategies';
import type { Draft } from '../strategies/strategy';
import type { ProjectNotes } from '../timeline';
import { BUILD_SECONDS, openScript, type Behavior, type Stage } from './behavior';

/**
 * What happens at the first attempt: `clean`, compiler warnings (`warned`), a runtime error that the agent repairs
 * (`repaired`), a compiler error (`miscompiled`), or a runtime error that it cannot repair (`failed`).
 */
const COURSES = ['clean', 'warned', 'repaired', 'miscompiled', 'failed'] as const;
type Course = (typeof COURSES)[number];

/**
 * Writes a strategy, compiles it, backtests it, tries one refinement and reports. Script ids:
 * `build/<strategy>/<course>`.
 */
export const build: Behavior = {
  id: 'build',
  play(stage) {
    const writer = openScript(stage);
    const { runtimeError, notes } = buildStrategy(writer, stage);
    return writer.finish({
      notes,
      seconds: BUILD_SECONDS,
      outcome: runtimeError === undefined ? { status: 'Completed' } : { status: 'Failed', runtimeError },
    });
  },
};

/**
 * The steps of building. Other behaviors (a chain, a desk) use them too. Returns the error that the agent could not
 * repair.
 */
export function buildStrategy(
  writer: ScriptWriter,
  stage: Stage,
): { readonly runtimeError?: string; readonly notes: ProjectNotes } {
  const { facts, random, projectId } = stage;
  const strategy = strategyById(stage.details[0]) ?? strategyFor(facts);
  const draft = strategy.write(facts);
  const course =
    COURSES.find((known) => known === stage.details[1]) ??
    random.fork('course').pick(['clean', 'clean', 'warned', 'repaired', 'repaired', 'miscompiled']);
  const tools = new ProjectTools(writer, random.fork('tools'), projectId, strategy.id, stage.files);
  const performance = varied(draft.performance, stage);

  writer.think(draft.thinking);
  writer.say(opening(draft, stage));
  lookAround(writer, stage, draft);
  tools.createFile(draft.file, firstAttempt(draft, course));
  firstCompile(writer, tools, draft, course);
  if (course === 'repaired' || course === 'failed') {
    tools.failingBacktest(draft.name, draft.file, draft.flaw.error, draft.flaw.failsIn, draft.flaw.failsAt);
    writer.think(
      course === 'repaired'
        ? draft.flaw.diagnosis
        : 'The log names the line, but not the state that led to it. I log the time before it and run it again.',
    );
  }
  const notes = {
    strategyId: strategy.id,
    prompt: facts.text,
    performance,
    startYear: draft.startYear,
    cash: draft.cash,
    backtests: [],
  };
  if (course === 'failed') {
    giveUp(writer, tools, draft);
    return { runtimeError: draft.flaw.error, notes };
  }

  if (course === 'repaired') {
    writer.say(
      `The backtest stopped: \`${draft.flaw.error.replace(/^Runtime Error: /, '').slice(0, 90)}\`. I know why and will fix it.`,
    );
    tools.editFile(draft.file, draft.flaw);
    tools.compile();
  }
  const first = tools.backtest(draft.name, performance, draft.startYear, draft.cash);
  tools.readBacktest(first);
  const second = random.fork('refine').chance(0.6) ? refine(writer, tools, draft, performance) : undefined;
  writer.say(summary(draft, course, first, second?.backtest));
  const backtests = [first, ...(second ? [second.backtest] : [])].map(figuresOf);
  return { notes: { ...notes, performance: second?.performance ?? performance, backtests } };
}

function firstAttempt(draft: Draft, course: Course): string {
  switch (course) {
    case 'repaired':
    case 'failed':
      return draft.content.replace(draft.flaw.newString, () => draft.flaw.oldString);
    case 'warned':
      return draft.content.replace(smell(draft).newString, () => smell(draft).oldString);
    case 'miscompiled':
      return draft.content.replace(slip(draft).newString, () => slip(draft).oldString);
    case 'clean':
      return draft.content;
  }
}

function firstCompile(writer: ScriptWriter, tools: ProjectTools, draft: Draft, course: Course): void {
  /** The number of the last line of a passage in the file. */
  const lineOf = (snippet: string): number => {
    const last = snippet.trim().split('\n').at(-1)?.trim() ?? '';
    return (
      tools
        .read(draft.file)
        .split('\n')
        .findIndex((line) => line.includes(last)) + 1
    );
  };
  if (course === 'warned') {
    const { oldString, warning } = smell(draft);
    tools.compile([`${draft.file}:${String(lineOf(oldString))} ${warning}`]);
    writer.say('It compiles, with a warning that is easy to clear up.');
    tools.editFile(draft.file, smell(draft));
  } else if (course === 'miscompiled') {
    const { oldString, error } = slip(draft);
    tools.compileError(`${draft.file}:${String(lineOf(oldString))} ${error}`);
    writer.say('A slip of mine on that line.');
    tools.editFile(draft.file, slip(draft));
  }
  tools.compile();
}

/** Code style that the compiler warns about, and its correction. */
function smell(draft: Draft): { oldString: string; newString: string; warning: string } {
  const benchmark = /(?:self\.set_benchmark|SetBenchmark)\(.*\);?/.exec(draft.content)?.[0] ?? '';
  return draft.file === 'Main.cs'
    ? {
        oldString: `${benchmark}\n            decimal previousClose;\n`,
        newString: `${benchmark}\n`,
        warning: "warning CS0168: The variable 'previousClose' is declared but never used",
      }
    : {
        oldString: benchmark.replace('set_benchmark', 'SetBenchmark'),
        newString: benchmark,
        warning: "Warning: 'SetBenchmark' does not follow PEP8 naming; use 'set_benchmark'",
      };
}

/** A mistake that does not compile, and its correction. */
function slip(draft: Draft): { oldString: string; newString: string; error: string } {
  const benchmark = /(?:self\.set_benchmark|SetBenchmark)\(.*\);?/.exec(draft.content)?.[0] ?? '';
  return draft.file === 'Main.cs'
    ? { oldString: benchmark.replace(/;$/, ''), newString: benchmark, error: 'error CS1002: ; expected' }
    : {
        oldString: `${benchmark.slice(0, -1)}\n`,
        newString: `${benchmark}\n`,
        error: "SyntaxError: '(' was never closed",
      };
}

function opening(draft: Draft, { agent, facts }: Stage): string {
  const ask = facts.gist === '' ? '' : `> ${facts.gist}\n\n`;
  const rules = draft.rules.map((rule, index) => `${String(index + 1)}. ${rule}`).join('\n');
  return `${ask}${agent.role === 'backtest' ? 'I' : `${agent.name} here: I`}'ll build ${draft.title}.\n\n${rules}\n\nFirst a version that is as plain as possible, then the backtest decides.`;
}

function lookAround(writer: ScriptWriter, { projectId, random }: Stage, draft: Draft): void {
  const language = draft.file === 'Main.cs' ? 'C#' : 'Py';
  if (random.fork('look').chance(0.5)) {
    writer.tool(
      'read_open_project',
      {},
      {
        success: true,
        errors: [],
        project: {
          projectId,
          name: `Agents/${draft.name.replaceAll('/', '-')}`,
          language,
          parameters: [],
          libraries: [],
        },
        files: [],
      },
    );
  } else {
    writer.tool('search_file_content', { projectId, query: 'QCAlgorithm' }, { success: true, errors: [], matches: [] });
  }
}

function refine(
  writer: ScriptWriter,
  tools: ProjectTools,
  draft: Draft,
  performance: Performance,
): { performance: Performance; backtest: Backtest } {
  const { refinement } = draft;
  writer.think(refinement.idea);
  tools.editFile(draft.file, refinement);
  tools.compile();
  const refined = {
    ...performance,
    annualReturn: performance.annualReturn + refinement.annualReturn,
    volatility: performance.volatility + refinement.volatility,
    orders: Math.round(performance.orders * 0.84),
  };
  return {
    performance: refined,
    backtest: tools.backtest(`${draft.name}, ${refinement.name}`, refined, draft.startYear, draft.cash),
  };
}

function giveUp(writer: ScriptWriter, tools: ProjectTools, draft: Draft): void {
  const comment =
    draft.file === 'Main.cs'
      ? 'Log($"{Time:u} before the failing line");'
      : 'self.log(f"{self.time}: before the failing line")';
  const line =
    tools
      .read(draft.file)
      .split('\n')
      .find((text) => text.includes(draft.flaw.failsAt)) ?? draft.flaw.failsAt;
  const indent = /^\s*/.exec(line)?.[0] ?? '';
  tools.editFile(draft.file, { oldString: `${line}\n`, newString: `${indent}${comment}\n${line}\n` });
  tools.compile();
  tools.failingBacktest(
    `${draft.name}, with a log line`,
    draft.file,
    draft.flaw.error,
    draft.flaw.failsIn,
    draft.flaw.failsAt,
  );
  writer.say(
    `The backtest fails a second time at the same line:\n\n\`\`\`text\n${draft.flaw.error}\n\`\`\`\n\n${RUNTIME_ERROR} I have no explanation that I would bet on, so I stop here rather than guess. The code is in \`${draft.file}\` as it is. Look at what \`${draft.flaw.failsIn}\` finds when it is called for the first time, or tell me to repair it and I look again.`,
  );
}

function summary(draft: Draft, course: Course, first: Backtest, second: Backtest | undefined): string {
  const language = draft.file === 'Main.cs' ? 'csharp' : 'python';
  const best = second ?? first;
  const change = second
    ? `\n${draft.refinement.idea}\n\n\`\`\`${language}\n${dedented(draft.refinement.newString)}\n\`\`\`\n\nSharpe went from ${first.sharpe.toFixed(2)} to **${second.sharpe.toFixed(2)}**.\n`
    : '';
  const trouble =
    course === 'repaired' ? `- The first attempt ended with a runtime error. ${draft.flaw.diagnosis}\n` : '';
  return `## Result

The strategy is in \`${draft.file}\` and earns **${percent(best.annualReturn, 1)} a year** at a Sharpe ratio of **${best.sharpe.toFixed(2)}** with a maximum drawdown of ${percent(best.drawdown, 1)} since ${String(draft.startYear)}.

${TABLE_HEAD}
${[first, ...(second ? [second] : [])].map(tableRow).join('\n')}
${change}
### What to keep in mind

${trouble}${draft.caveats.map((caveat) => `- ${caveat}`).join('\n')}

### Next

- [ ] Out-of-sample run on the period before ${String(draft.startYear)}
- [ ] Parameter sensitivity around the values used here
- [ ] Paper trading for a month before any capital`;
}

function dedented(code: string): string {
  const lines = code.replace(/\n$/, '').split('\n');
  const indent = Math.min(
    ...lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length),
  );
  return lines.map((line) => line.slice(indent)).join('\n');
}

/** Two runs of the same task find different numbers. */
function varied(performance: Performance, { random }: Stage): Performance {
  const luck = random.fork('luck');
  return {
    annualReturn: performance.annualReturn * luck.between(0.88, 1.12),
    volatility: performance.volatility * luck.between(0.94, 1.06),
    orders: Math.round(performance.orders * luck.between(0.92, 1.08)),
    winRate: performance.winRate * luck.between(0.97, 1.03),
    beta: performance.beta * luck.between(0.9, 1.1),
  };
}
