import { PLUG_INS } from '../catalog/plug-ins.ts';
import { toMemberName } from '../domain/team/team-settings.ts';
import type { TeamStore } from '../store/open-team-store.ts';
import { type CliCommand, UsageError } from './command-line.ts';
import { readArguments } from './read-arguments.ts';
import { readTeamStatus } from './team/read-team-status.ts';
import { toStatusLines } from './team/to-status-lines.ts';
import { withTeam } from './with-team.ts';

/** What became of the members, and what is said of those that are at work. */
const WORDS = {
  start: ['started', 'already running'],
  stop: ['no more wakings; what is under way ends', 'still at work'],
} as const;

/** A waking under way. */
interface AtWork {
  readonly member: string;
  /** And since when. */
  readonly where: string;
}

export const command: CliCommand = {
  usage: 'start|stop|status [--agents <name>,<name>] [--json]',
  summary: 'lets the members of standing teams wake, or wake no more, or says how they are',
  async run(args, print) {
    const { words, flags, texts } = readArguments(args, { flags: ['json'], texts: ['agents'], mostWords: 1 });
    const [verb] = words;
    const names = chooseMembers(texts.get('agents'));
    if (verb === 'start' || verb === 'stop') {
      // First, because a member that is started may wake at once, and would be told as one that was at work.
      const atWork = await withTeam((store) => listAtWork(store, names));
      await turn(names, verb === 'start' ? 'started' : 'stopped');
      const [turned, still] = WORDS[verb];
      print(`${names.join(', ')}: ${turned}.`);
      for (const { member, where } of atWork) {
        print(`${member} is ${still} ${where}.`);
      }
      return 0;
    }
    if (verb !== 'status') {
      throw new UsageError('Say what is to be done: start, stop or status.');
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

/** One waking of a member is at work in a repository at a time, so whoever starts it learns of the one there is. */
async function listAtWork({ records }: TeamStore, names: readonly string[]): Promise<readonly AtWork[]> {
  const [places, wakings] = await Promise.all([records.repositories(), records.wakings()]);
  return wakings
    .filter(({ member, state }) => names.includes(member) && (state === 'running' || state === 'restarting'))
    .map(({ member, repositoryId, beganMs, on }) => {
      const { owner, name } =
        places.find(({ repository }) => repository.id === repositoryId)?.repository ?? {};
      const place = owner === undefined ? '' : `in ${owner}/${name} `;
      return { member, where: `${place}since ${new Date(beganMs).toISOString()} on ${on}` };
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
