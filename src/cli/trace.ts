import { type CliCommand, UsageError } from './command-line.ts';
import { readArguments } from './read-arguments.ts';
import { toTraceDocument } from './trace/to-trace-document.ts';
import { withHistory } from './with-history.ts';

export const command: CliCommand = {
  usage: '<run or waking>',
  summary:
    'prints, as JSON, what happened while a run or a member of the team was at work: launches, messages, tools, files, ends',
  async run(args, print) {
    const [id] = readArguments(args, { mostWords: 1 }).words;
    if (id === undefined) {
      throw new UsageError(
        'Name the run, whose id is at the end of its progress comment, or the waking of a member, as `team status` shows it.',
      );
    }
    const found = await withHistory(async (history) => ({
      run: await history.run(id),
      waking: await history.waking(id),
      events: await history.trace(id),
    }));
    const { run, waking, events } = found;
    if (run === null && waking === null && events.length === 0) {
      throw new Error(`There is no run ${id}, no waking either, and nothing is recorded under this id.`);
    }
    print(JSON.stringify(toTraceDocument(id, found), null, 2));
    return 0;
  },
};
