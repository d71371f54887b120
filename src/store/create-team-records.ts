import type { Kysely } from 'kysely';
import { toSeenRun } from '../domain/team/to-seen-run.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { TeamRecords } from '../ports/team-records.ts';
import { createClaims } from './create-claims.ts';
import { createRunReader } from './create-run-reader.ts';
import { createTeamRepositories } from './create-team-repositories.ts';
import { createWakings } from './create-wakings.ts';
import { readPlacesTaken } from './read-places-taken.ts';
import type { Tables } from './tables.ts';
import { toSeenRemains } from './to-seen-remains.ts';

/** What the team remembers, on Postgres. Times are the clock's. */
export function createTeamRecords(
  db: Kysely<Tables>,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): TeamRecords {
  const read = createRunReader(log);
  return {
    ...createWakings(db, clock),
    ...createClaims(db, clock),
    ...createTeamRepositories(db, clock),
    async runs(repositoryId, limit) {
      const rows = await db
        .selectFrom('runs')
        .select(['id', 'subject_key', 'state', 'ended', 'created_at', 'order', 'progress'])
        .where('repository_id', '=', String(repositoryId))
        .orderBy('created_at', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => {
        const run = read(row);
        return run === null ? toSeenRemains(row) : toSeenRun(run, Date.parse);
      });
    },
    placesTaken: (repositoryIds) => readPlacesTaken(db, repositoryIds),
    async addDuration({ member, type, durationMs }) {
      await db
        .insertInto('task_durations')
        .values({ member, task_type: type, duration_ms: String(Math.round(durationMs)), at: clock.now() })
        .execute();
    },
    async switches() {
      const rows = await db.selectFrom('team_switches').selectAll().execute();
      return new Map(rows.map(({ member, stopped, at }) => [member, { stopped, atMs: at.getTime() }]));
    },
    async turn(member, to) {
      const state = { stopped: to === 'stopped', at: clock.now() };
      await db
        .insertInto('team_switches')
        .values({ member, ...state })
        .onConflict((conflict) => conflict.column('member').doUpdateSet(state))
        .execute();
    },
  };
}
