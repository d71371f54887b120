import { PLUG_INS } from '../catalog/plug-ins.ts';
import { toMemberName } from '../domain/team/team-settings.ts';
import { type CliCommand, UsageError } from './command-line.ts';
import { readArguments } from './read-arguments.ts';
import { readTeamStatus } from './team/read-team-status.ts';
import { toStatusLines } from './team/to-status-lines.ts';
import { withTeam } from './with-team.ts';

export const command: CliCommand = {
  usage: 'start|stop|status [--agents <name>,<name>] [--json]',
  summary: 'lets the members of standing teams wake, or wake no more, or says how they are',
  async run(args, print) {
    const { words, flags, texts } = readArguments(args, { flags: ['json'], texts: ['agents'], mostWords: 1 });
    const [verb] = words;
    const names = chooseMembers(texts.get('agents'));
    if (verb === 'start' || verb === 'stop') {
      await turn(names, verb === 'start' ? 'started' : 'stopped');
      print(
        `${names.join(', ')}: ${verb === 'start' ? 'started' : 'no more wakings; what is under way ends'}.`,
      );
      return 0;
    }
    if (verb !== 'status') {
      throw new UsageError(`Write: team ${command.usage}`);
    }
    const status = await withTeam((store) => readTeamStatus(store, names));
    for (const line of flags.has('json') ? [JSON.stringify(status, null, 2)] : toStatusLines(status)) {
      print(line);
    }
    return 0;
  },
};

async function turn(names: readonly string[], to: 'started' | 'stopped'): Promise<void> {
  await withTeam(async ({ records }) => {
    for (const name of names) {
      await records.turn(name, to);
    }
  });
}

/** All members when none is named. */
function chooseMembers(text: string | undefined): readonly string[] {
  const known = [...PLUG_INS.members.keys()];
  if (text === undefined) {
    return known;
  }
  const names = text.split(',').map(toMemberName);
  const strange = names.find((name) => !known.includes(name));
  if (strange !== undefined) {
    throw new UsageError(`There is no member ${strange}; there are: ${known.join(', ')}.`);
  }
  return names;
}
