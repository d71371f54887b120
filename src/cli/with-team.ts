import { inspectEngine } from '../engine/replica/inspect-engine.ts';
import { openTeamStore, type TeamStore } from '../store/open-team-store.ts';
import { systemClock } from '../system/system-clock.ts';
import { withDatabase } from './with-database.ts';

/** What can be learnt of the teams without a server. */
export interface TeamDatabase extends TeamStore {
  /** Names of the servers that hold a lease now. */
  readonly alive: () => Promise<readonly string[]>;
}

const ANSWER_WITHIN_MS = 10_000;

/** Looks at the teams in the database of the server, which need not run. @throws Error when there is none. */
export function withTeam<Result>(look: (database: TeamDatabase) => Promise<Result>): Promise<Result> {
  return withDatabase(
    (url, log) => ({
      ...openTeamStore(url, { log, clock: systemClock }),
      alive: async () => (await inspectEngine(url, ANSWER_WITHIN_MS)).alive,
    }),
    look,
  );
}
