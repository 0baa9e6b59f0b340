import { activationFigures } from './activation';
import { bodyOf, conversation } from './conversation';
import { hostFigures } from './host';
import { pageFigures } from './page';
import { activationReport, conversationReport, type Report } from './report';

/** Prints the figures, or with `--json` only one JSON object. */
export async function main(args: readonly string[]): Promise<void> {
  const short = conversation(20);
  const long = conversation(2_000);
  const bytes = Buffer.byteLength(bodyOf(long));
  const host = await hostFigures(long);
  const page = await pageFigures(short, long, bytes);
  const activation = await activationFigures();
  const report: Report = { ...conversationReport(host, page), ...activationReport(activation) };
  if (args.includes('--json')) {
    console.log(JSON.stringify(report, undefined, 2));
    return;
  }
  const parts = long.reduce((sum, message) => sum + message.parts.length, 0);
  console.log(
    `L: ${String(long.length)} messages, ${String(parts)} parts, ${(bytes / 1e6).toFixed(1)} MB. S: ${String(short.length)} messages.\n`,
  );
  for (const [key, { value, unit, limit, ok }] of Object.entries(report)) {
    console.log(
      `${ok ? 'ok  ' : 'MISS'} ${key.padEnd(36)} ${String(value).padStart(9)} ${unit.padEnd(8)} ${limit === null ? '' : `limit ${String(limit)}`}`,
    );
  }
  console.log(
    `\nLongest frame while a word is typed into find: ${page.findLongestFrameMs.toFixed(1)} ms (limit 50, part of findMs).`,
  );
}
