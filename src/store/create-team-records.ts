import type { Kysely } from 'kysely';
import { teamSettingsSchema } from '../domain/team/team-settings.ts';
import { toSeenRun } from '../domain/team/to-seen-run.ts';
import type { Clock } from '../ports/clock.ts';
import type { TeamRecords, TeamRepository } from '../ports/team-records.ts';
import { createClaims } from './create-claims.ts';
import { createWakings } from './create-wakings.ts';
import { readRunRow } from './read-run-row.ts';
import type { Tables } from './tables.ts';

/** What the team remembers, on Postgres. Times are the clock's. */
export function createTeamRecords(db: Kysely<Tables>, clock: Clock): TeamRecords {
  return {
    ...createWakings(db, clock),
    ...createClaims(db, clock),
    async repositories() {
      const rows = await db.selectFrom('team_repositories').selectAll().orderBy('repository_id').execute();
      return rows.map(toRepository);
    },
    async saveRepository({ id, owner, name, installationId }, settings, pushedAt) {
      const now = { owner, name, installation_id: String(installationId), pushed_at: pushedAt };
      const changing = { ...now, settings: JSON.stringify(settings) };
      await db
        .insertInto('team_repositories')
        .values({ repository_id: String(id), ...changing, launched_at: clock.now() })
        .onConflict((conflict) => conflict.column('repository_id').doUpdateSet(changing))
        .execute();
    },
    async forgetRepository(repositoryId) {
      await db.deleteFrom('team_repositories').where('repository_id', '=', String(repositoryId)).execute();
    },
    async runs(repositoryId, limit) {
      const rows = await db
        .selectFrom('runs')
        .select(['id', 'order', 'progress'])
        .where('repository_id', '=', String(repositoryId))
        .orderBy('created_at', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => toSeenRun(readRunRow(row), Date.parse));
    },
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

function toRepository(row: {
  readonly repository_id: string;
  readonly owner: string;
  readonly name: string;
  readonly installation_id: string;
  readonly settings: unknown;
  readonly launched_at: Date;
  readonly pushed_at: string;
}): TeamRepository {
  return {
    repository: {
      id: Number(row.repository_id),
      owner: row.owner,
      name: row.name,
      installationId: Number(row.installation_id),
    },
    settings: teamSettingsSchema.parse(row.settings),
    launchedMs: row.launched_at.getTime(),
    pushedAt: row.pushed_at,
  };
}
