import { hexOf, type Random } from '../random';
import { simulateBacktest, type Backtest, type Performance } from './backtest';
import type { ScriptWriter } from './scriptWriter';
import type { Edit } from './strategies/strategy';

export const RUNTIME_ERROR = 'The backtest ended with a runtime error.';

/** An agent's tools for its project. It tracks the files, so that every edit fits the text that it changes. */
export class ProjectTools {
  private readonly files: Map<string, string>;
  private compiles = 0;
  private lastCompileId = '';

  constructor(
    private readonly writer: ScriptWriter,
    private readonly random: Random,
    readonly projectId: number,
    /** What is traded; see {@link simulateBacktest}. */
    private readonly market: string,
    files: ReadonlyMap<string, string>,
  ) {
    this.files = new Map(files);
  }

  read(path: string): string {
    return this.files.get(path) ?? '';
  }

  createFile(path: string, content: string): void {
    this.files.set(path, content);
    this.writer.tool(
      'create_file',
      { filePath: path, content },
      { success: true, errors: [], file: { name: path, size: content.length } },
      { effect: { path, content } },
    );
  }

  /** @throws Error if the file does not contain the old text exactly once. Then the script is wrong. */
  editFile(path: string, { oldString, newString }: Edit): void {
    const before = this.read(path);
    if (before.split(oldString).length !== 2) throw new Error(`“${oldString}” does not stand exactly once in ${path}`);
    const content = before.replace(oldString, () => newString);
    this.files.set(path, content);
    this.writer.tool(
      'edit_file',
      { filePath: path, oldString, newString },
      { success: true, errors: [], file: { name: path, size: content.length } },
      { effect: { path, content } },
    );
  }

  compile(warnings: readonly string[] = []): void {
    this.compiles += 1;
    this.lastCompileId = `${hexOf(`${String(this.projectId)} ${String(this.compiles)} ${String(this.random.next())}`, 32)}-${hexOf(String(this.compiles), 32)}`;
    const { projectId, lastCompileId: compileId } = this;
    this.writer.tool(
      'create_compile',
      { projectId },
      {
        success: true,
        errors: [],
        warnings,
        compileId,
        projectId,
        state: 'BuildSuccess',
        logs: ['Build Request Successful for Project ID: ' + String(projectId), ...warnings],
      },
      { seconds: this.random.between(2.2, 4.5) },
    );
  }

  compileError(error: string): void {
    const { projectId } = this;
    this.writer.tool(
      'create_compile',
      { projectId },
      { success: false, errors: [error], warnings: [], projectId, state: 'BuildError', logs: [error] },
      { seconds: this.random.between(2, 3) },
    );
  }

  /** Runs a backtest from the first day of `startYear` to the last day of `endYear`. */
  backtest(name: string, performance: Performance, startYear: number, cash: number, endYear = 2025): Backtest {
    const period = { from: new Date(Date.UTC(startYear, 0, 1)), to: new Date(Date.UTC(endYear, 11, 31)), cash };
    const backtest = simulateBacktest(
      this.random.fork(`backtest ${name}`),
      name,
      this.market,
      performance,
      period,
      this.projectId,
    );
    this.writer.tool(
      'create_backtest',
      { projectId: this.projectId, compileId: this.lastCompileId, backtestName: name },
      backtest.result,
      { seconds: this.random.between(9, 15) },
    );
    return backtest;
  }

  /** A backtest that stops at a line in the project's main file. */
  failingBacktest(name: string, path: string, error: string, failsIn: string, failsAt: string): void {
    const line =
      this.read(path)
        .split('\n')
        .findIndex((text) => text.includes(failsAt)) + 1;
    const stacktrace = path.endsWith('.cs')
      ? `   at ${failsIn} in ${path}:line ${String(line)}`
      : `  at ${failsIn}\n    ${failsAt}\n in ${path}: line ${String(line)}`;
    const backtestId = this.random.text(32, '0123456789abcdef');
    const { projectId } = this;
    this.writer.tool(
      'create_backtest',
      { projectId, compileId: this.lastCompileId, backtestName: name },
      {
        success: false,
        errors: [RUNTIME_ERROR],
        backtest: {
          backtestId,
          name,
          projectId,
          status: 'Runtime Error',
          completed: true,
          progress: 0.04,
          error,
          stacktrace,
          statistics: [],
          runtimeStatistics: [],
        },
      },
      { seconds: this.random.between(4, 7) },
    );
    this.writer.tool(
      'search_backtest_logs',
      { projectId, backtestId, query: 'error' },
      {
        success: true,
        errors: [],
        length: 2,
        logs: [error, ...stacktrace.split('\n').map((text) => text.trim())],
      },
    );
  }

  readBacktest(backtest: Backtest): void {
    this.writer.tool(
      'read_backtest',
      { projectId: this.projectId, backtestId: backtest.backtestId },
      backtest.statistics,
    );
  }
}
