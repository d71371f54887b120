import type { CliCommand } from './command-line.ts';
import { readArguments } from './read-arguments.ts';
import { withTeam } from './with-team.ts';

export const command: CliCommand = {
  usage: '[--json]',
  summary: 'prints what takes the team longest, and what each member does, of the last seven days',
  async run(args, print) {
    const { flags } = readArguments(args, { flags: ['json'], mostWords: 0 });
    const figures = await withTeam(async ({ analytics }) => ({
      bottlenecks: await analytics.bottlenecks(),
      members: await analytics.members(),
    }));
    if (flags.has('json')) {
      print(JSON.stringify(figures, null, 2));
      return 0;
    }
    if (figures.members.length === 0) {
      print('No member of a team has done anything in the last seven days.');
      return 0;
    }
    print('What takes longest, on average:');
    for (const { type, count, averageMs } of figures.bottlenecks) {
      print(`  ${type}: ${toSeconds(averageMs)} s (${count})`);
    }
    print('Members:');
    for (const { member, tasks, averageMs } of figures.members) {
      print(`  ${member}: ${tasks} task${tasks === 1 ? '' : 's'}, ${toSeconds(averageMs)} s on average`);
    }
    return 0;
  },
};

function toSeconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}
