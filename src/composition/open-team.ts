import { setTimeout as delay } from 'node:timers/promises';
import picomatch from 'picomatch';
import { CatalogError } from '../catalog/fault.ts';
import type { Repository } from '../domain/subject.ts';
import { createTeamSight } from '../github/create-team-sight.ts';
import { isOutage } from '../github/is-outage.ts';
import { handleIntent } from '../orchestration/handle-intent.ts';
import { toRunId } from '../orchestration/start-run.ts';
import { TEAM_BOARD, teamNote } from '../presentation/team-note.ts';
import { measureProcess } from '../sandbox/measure-process.ts';
import { sha256 } from '../system/sha256.ts';
import { cleanUp } from '../team/clean-up.ts';
import { createSupervisor, type Supervisor } from '../team/create-supervisor.ts';
import { createFindRepositories, type TeamReading } from '../team/find-repositories.ts';
import { wakeDue } from '../team/keep-time.ts';
import type { TeamDesk } from '../team/team-desk.ts';
import { watchMessages } from '../team/watch-messages.ts';
import type { Parts } from './parts.ts';
import { type Repetition, repeat } from './repeat.ts';
import { toIntentDesk } from './to-intent-desk.ts';

const WAKE_EVERY_MS = 5000;
const FIND_EVERY_MS = 5 * 60_000;
const HOUR_MS = 60 * 60_000;

/** The standing team of all repositories that have one. */
export interface Team {
  /** Looks for repositories that have a team, or have none any more. */
  find(): Promise<void>;
  /** Wakes whoever is due; returns the ids of the wakings. */
  wake(): Promise<readonly string[]>;
  /** Measures and judges all agents of this process. */
  look(): Promise<void>;
  stop(): void;
  /** Keeps the last state of this process, when all work has ended. */
  end(): Promise<void>;
}

/** What the members work with. */
export function toTeamDesk(parts: Parts): TeamDesk {
  const { store, settings, clock, github, codeHost, markers, log, traces, supervisor, self } = parts;
  const desk = toIntentDesk(parts);
  return {
    members: [...parts.catalog.members.values()],
    records: store.teamRecords(clock),
    messages: store.messages({ clock, maxQueueSize: settings.team.maxQueueSize }),
    sight: createTeamSight(github),
    codeHost,
    clock,
    wait: (ms, signal) => delay(ms, undefined, { signal, ref: false }),
    log,
    rules: settings.team.restarts,
    traces,
    supervisor,
    process: self,
    pid: process.pid,
    login: parts.login,
    handle: (intent) => handleIntent(intent, desk),
    runIdOf: (intent) => toRunId(intent, sha256),
    isOutage,
    isLeftAlone: (installationId) => github.isLeftAlone(installationId),
    hasRun: (id) => store.runs.exists(id),
    issueOf: (repositoryId, body) => markers.readIssue(repositoryId, body),
    matches: (globs, path) => picomatch.isMatch(path, [...globs], { dot: true }),
    hasShown: async (owner, key) => (await store.surfaces.find(owner, key)) !== null,
    show: teamNote,
    board: TEAM_BOARD,
  };
}

/** Looks after the agents of this process. */
export function openSupervisor({
  settings,
  store,
  clock,
  log,
  self,
}: Pick<Parts, 'settings' | 'store' | 'clock' | 'log' | 'self'>): Supervisor {
  return createSupervisor({
    health: store.agentHealth(clock),
    clock,
    log,
    process: self,
    pid: process.pid,
    staleMs: settings.team.staleMs,
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
          repeat(find, { chore: 'find the repositories', everyMs: FIND_EVERY_MS, log, atOnce: true }),
          repeat(wakeTeam, { chore: 'wake the team', everyMs: WAKE_EVERY_MS, log }),
          repeat(() => supervisor.look(), {
            chore: 'look after the agents',
            everyMs: settings.team.healthMs,
            log,
            atOnce: true,
          }),
          // At once as well: a server that is started anew each day would never come to it.
          repeat(() => watchMessages(desk), {
            chore: 'watch the messages',
            everyMs: HOUR_MS,
            log,
            atOnce: true,
          }),
          repeat(() => cleanUp(desk), {
            chore: 'clean up',
            everyMs: settings.team.cleanUpMs,
            log,
            atOnce: true,
          }),
        ];
  return {
    find,
    wake,
    look: () => supervisor.look(),
    stop() {
      for (const chore of chores) {
        chore.stop();
      }
    },
    end: () => supervisor.end().catch((error: unknown) => log.warn({ error }, 'the last state was not kept')),
  };
}

/** What holds on the default branch. */
async function readTeamSettings(
  { workspace, catalogAt, log }: Parts,
  repository: Repository,
): Promise<TeamReading> {
  const { owner, name } = repository;
  try {
    const { sha } = await workspace.readBase(repository);
    return { kind: 'right', settings: (await catalogAt(repository, sha)).settings.team };
  } catch (error) {
    if (error instanceof CatalogError) {
      log.warn(
        { error, repository: `${owner}/${name}` },
        'the settings of a team have a fault; those from before hold, if there were any',
      );
      return { kind: 'faulty', fault: error.message };
    }
    log.debug({ error, repository: `${owner}/${name}` }, 'the settings of a team cannot be read');
    return { kind: 'unknown' };
  }
}
