import { openTeamStore, type TeamStore } from '../store/open-team-store.ts';
import { systemClock } from '../system/system-clock.ts';
import { withDatabase } from './with-database.ts';

/** Looks at the teams in the database of the server, which need not run. @throws Error when there is none. */
export function withTeam<Result>(look: (store: TeamStore) => Promise<Result>): Promise<Result> {
  return withDatabase((url, log) => openTeamStore(url, { log, clock: systemClock }), look);
}
