import { BUILD_SECONDS, openScript, type Behavior } from './behavior';
import { buildStrategy } from './build';
import { collectIdeas } from './ideas';
import { study } from './research';

/** A desk: builds a strategy and has its sub-agents look at it. Their own conversations stand inside of the tool calls. */
export const desk: Behavior = {
  id: 'desk',
  play(stage) {
    const writer = openScript(stage);
    const { facts, others } = stage;
    const [researcher, reviewer] = others;
    if (researcher) {
      writer.think(`“${facts.gist}” Before I build, the question of whether there is anything to build on goes to ${researcher.name}.`);
      writer.askAgent(researcher, `Is there evidence for this, and in which conditions? ${facts.gist}`, (inner) => {
        study(inner, { ...stage, agent: researcher, random: stage.random.fork('study') });
      }, 'Supported as a risk switch rather than as a source of return. Notebook: research.ipynb.');
      writer.say(`${researcher.name} finds support, mostly on the risk side. I build it with that in mind.`);
    }
    const { notes } = buildStrategy(writer, { ...stage, details: [stage.details[0] ?? '', 'clean'] });
    if (reviewer) {
      writer.askAgent(reviewer, 'Try to refute the last backtest. Look-ahead, parameters, costs, periods.', (inner) => {
        inner.think('I have the code and the statistics. The quickest attack is the list of assets: was it chosen before or after the test?');
        inner.tool('search_file_content', { projectId: stage.projectId, query: 'add_equity' }, { success: true, errors: [], matches: [{ file: 'main.py', line: 18, text: 'self.add_equity(ticker, Resolution.DAILY)' }] });
        inner.say('The logic holds. The assets are a fixed list chosen in hindsight: **revise** before paper trading.');
      }, 'Verdict: revise. The asset list was chosen in hindsight.');
      writer.say(`${reviewer.name} asks for a rule-based asset list before this goes on paper. I agree; say the word and I make that change.`);
    }
    return writer.finish({ notes, seconds: BUILD_SECONDS });
  },
};

/** A chain: one agent finds, the next builds, each in a message of its own. */
export const chain: Behavior = {
  id: 'chain',
  play(stage) {
    const writer = openScript(stage);
    const [, builder = stage.agent] = stage.others;
    collectIdeas(writer, stage);
    writer.say('The first of them goes to the next agent of the chain.');
    writer.nextMessage();
    const { notes } = buildStrategy(writer, { ...stage, agent: builder });
    return writer.finish({ notes, seconds: { least: 60, most: 90 } });
  },
};
