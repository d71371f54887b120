import { type CliCommand, UsageError } from './command-line.ts';
import { readArguments } from './read-arguments.ts';
import { toTraceDocument } from './trace/to-trace-document.ts';
import { withHistory } from './with-history.ts';

export const command: CliCommand = {
  usage: '<run>',
  summary: 'prints, as JSON, what happened while a run was at work: launches, messages, tools, files, ends',
  async run(args, print) {
    const [id] = readArguments(args, { mostWords: 1 }).words;
    if (id === undefined) {
      throw new UsageError('Name the run; its id is at the end of its progress comment.');
    }
    const { run, events } = await withHistory(async (history) => ({
      run: await history.run(id),
      events: await history.trace(id),
    }));
    if (run === null && events.length === 0) {
      throw new Error(`There is no run ${id}, and nothing is recorded under this id.`);
    }
    print(JSON.stringify(toTraceDocument(id, { run, events }), null, 2));
    return 0;
  },
};
