import { hostname } from 'node:os';
import picomatch from 'picomatch';
import { CatalogError } from '../catalog/fault.ts';
import type { Repository } from '../domain/subject.ts';
import { createTeamSight } from '../github/create-team-sight.ts';
import { handleIntent } from '../orchestration/handle-intent.ts';
import { toRunId } from '../orchestration/start-run.ts';
import { TEAM_BOARD, teamNote } from '../presentation/team-note.ts';
import { measureProcess } from '../sandbox/measure-process.ts';
import { sha256 } from '../system/sha256.ts';
import { createSupervisor, type Supervisor } from '../team/create-supervisor.ts';
import { createFindRepositories } from '../team/find-repositories.ts';
import { wakeDue } from '../team/keep-time.ts';
import type { TeamDesk } from '../team/team-desk.ts';
import { watchMessages } from '../team/watch-messages.ts';
import type { Parts } from './parts.ts';
import { type Repetition, repeat } from './repeat.ts';
import { toIntentDesk } from './to-intent-desk.ts';

/** Tells this server from others. */
const PROCESS = `${hostname()}, process ${process.pid}`;

const WAKE_EVERY_MS = 5000;
const FIND_EVERY_MS = 5 * 60_000;
const HOUR_MS = 60 * 60_000;
const KEPT_MS = 7 * 24 * HOUR_MS;
const PRUNE_LIMIT = 5000;

/** The standing team of all repositories that have one. */
export interface Team {
  /** Looks for repositories that have a team, or have none any more. */
  find(): Promise<void>;
  /** Wakes whoever is due; returns the ids of the wakings. */
  wake(): Promise<readonly string[]>;
  stop(): void;
}

/** What the members work with. */
export function toTeamDesk(parts: Parts): TeamDesk {
  const { store, settings, clock, github, codeHost, markers, log } = parts;
  const desk = toIntentDesk(parts);
  return {
    members: [...parts.catalog.members.values()],
    records: store.teamRecords(clock),
    messages: store.messages({ clock, maxQueueSize: settings.team.maxQueueSize }),
    sight: createTeamSight(github),
    codeHost,
    clock,
    log,
    rules: settings.team.restarts,
    process: PROCESS,
    login: parts.login,
    handle: (intent) => handleIntent(intent, desk),
    runIdOf: (intent) => toRunId(intent, sha256),
    hasRun: async (id) => (await store.runs.find(id)) !== null,
    issueOf: (repositoryId, body) => markers.readIssue(repositoryId, body),
    matches: (globs, path) => picomatch.isMatch(path, [...globs], { dot: true }),
    show: teamNote,
    board: TEAM_BOARD,
  };
}

/** Looks after the agents of this process. */
export function openSupervisor({ store, clock, log }: Pick<Parts, 'store' | 'clock' | 'log'>): Supervisor {
  return createSupervisor({
    health: store.agentHealth(clock),
    clock,
    log,
    process: PROCESS,
    pid: process.pid,
    measure: measureProcess,
  });
}

/** Begins to keep the members' time, unless somebody does it by hand. */
export function openTeam(parts: Parts, desk: TeamDesk, by: 'itself' | 'hand'): Team {
  const { log, settings, engine, supervisor } = parts;
  const find = createFindRepositories(desk, (repository) => readTeamSettings(parts, repository));
  async function wake(): Promise<readonly string[]> {
    return (await wakeDue(desk, engine)).map(({ id }) => id);
  }
  async function wakeTeam(): Promise<void> {
    await wake();
  }
  const chores: readonly Repetition[] =
    by === 'hand'
      ? []
      : [
          repeat(find, { everyMs: FIND_EVERY_MS, log, atOnce: true }),
          repeat(wakeTeam, { everyMs: WAKE_EVERY_MS, log }),
          repeat(() => supervisor.look(), { everyMs: settings.team.healthMs, log, atOnce: true }),
          repeat(() => watchMessages(desk), { everyMs: HOUR_MS, log }),
          repeat(() => cleanUp(desk), { everyMs: settings.team.cleanUpMs, log }),
        ];
  return {
    find,
    wake,
    stop() {
      for (const chore of chores) {
        chore.stop();
      }
    },
  };
}

async function cleanUp({ messages, log }: TeamDesk): Promise<void> {
  const deleted = await messages.prune(KEPT_MS, PRUNE_LIMIT);
  log.debug({ deleted }, 'messages that ended long ago were deleted');
}

/** What holds on the default branch; null when it has a fault, which the next run in the repository will tell. */
async function readTeamSettings({ workspace, catalogAt, log }: Parts, repository: Repository) {
  try {
    const { sha } = await workspace.readBase(repository);
    return (await catalogAt(repository, sha)).settings.team;
  } catch (error) {
    const level = error instanceof CatalogError ? 'warn' : 'debug';
    log[level](
      { error, repository: `${repository.owner}/${repository.name}` },
      'the settings of a team cannot be read',
    );
    return null;
  }
}
