import { toRunState } from '../domain/run-state.ts';
import { type CliCommand, UsageError } from './command-line.ts';
import { readArguments } from './read-arguments.ts';
import { withHistory } from './with-history.ts';

export const command: CliCommand = {
  usage: '<run>',
  summary:
    'prints, as JSON, where a run stands: phase, attempt, gates passed, commits to go back to, figures',
  async run(args, print) {
    const [id] = readArguments(args, { mostWords: 1 }).words;
    if (id === undefined) {
      throw new UsageError('Name the run; its id is at the end of its progress comment.');
    }
    const run = await withHistory((history) => history.run(id));
    if (run === null) {
      throw new Error(`There is no run ${id}.`);
    }
    print(
      JSON.stringify(
        toRunState(run, (from, to) => Date.parse(to) - Date.parse(from)),
        null,
        2,
      ),
    );
    return 0;
  },
};
