import { BUILD_SECONDS, openScript, type Behavior } from './behavior';
import { buildStrategy } from './build';
import { collectIdeas } from './ideas';
import { study } from './research';
import { strategyById } from '../strategies';

/** A desk: builds a strategy, and its sub-agents review it. Their conversations are inside the tool calls. */
export const desk: Behavior = {
  id: 'desk',
  play(stage) {
    const writer = openScript(stage);
    const { facts, others } = stage;
    const [researcher, reviewer] = others;
    if (researcher) {
      writer.think(
        `“${facts.gist}” Before I build, the question of whether there is anything to build on goes to ${researcher.name}.`,
      );
      writer.askAgent(
        researcher,
        `Is there evidence for this, and in which conditions? ${facts.gist}`,
        (inner) => study(inner, { ...stage, agent: researcher, random: stage.random.fork('study') }),
        'Supported as a risk switch rather than as a source of return. Notebook: research.ipynb.',
      );
      writer.say(`${researcher.name} finds support, mostly on the risk side. I build it with that in mind.`);
    }
    const { notes } = buildStrategy(writer, { ...stage, details: [stage.details[0] ?? '', 'clean'] });
    const [weakness = 'The test covers one regime only.'] =
      strategyById(notes.strategyId)?.write(facts).caveats.slice(-1) ?? [];
    if (reviewer) {
      writer.askAgent(
        reviewer,
        'Try to refute the last backtest. Look-ahead, parameters, costs, periods.',
        (inner) => {
          inner.think(
            'I have the code and the statistics. Look-ahead first, then what the result leans on: an assumption that holds in the backtest and not in a market.',
          );
          inner.tool(
            'search_file_content',
            { projectId: stage.projectId, query: 'add_equity' },
            {
              success: true,
              errors: [],
              matches: [{ file: 'main.py', line: 18, text: 'self.add_equity(ticker, Resolution.DAILY)' }],
            },
          );
          inner.say(`No look-ahead. One weakness is left: ${weakness}\n\n**Revise** before paper trading.`);
        },
        `Verdict: revise. ${weakness}`,
      );
      writer.say(
        `${reviewer.name} sends it back with one objection:\n\n> ${weakness}\n\nI agree. It does not change the rules, but it belongs into the decision how much to risk on them.`,
      );
    }
    return writer.finish({ notes, seconds: BUILD_SECONDS });
  },
};

/** A chain: one agent finds an idea and the next one builds it, each in a message of its own. */
export const chain: Behavior = {
  id: 'chain',
  play(stage) {
    const writer = openScript(stage);
    const [, builder = stage.agent] = stage.others;
    collectIdeas(writer, stage);
    writer.say(
      'Before any of them is built, the next agent of the chain builds the baseline that all three have to beat.',
    );
    writer.nextMessage();
    const { notes } = buildStrategy(writer, { ...stage, agent: builder });
    return writer.finish({ notes, seconds: { least: 60, most: 90 } });
  },
};
