import type { Kysely } from 'kysely';
import { teamSettingsSchema } from '../domain/team/team-settings.ts';
import type { Clock } from '../ports/clock.ts';
import type { TeamRecords, TeamRepository } from '../ports/team-records.ts';
import type { Tables } from './tables.ts';

type TeamRepositories = Pick<
  TeamRecords,
  'repositories' | 'saveRepository' | 'noteFault' | 'forgetRepository'
>;

const MAX_FAULT = 2000;

/** Where there are teams, and what they were told, on Postgres. */
export function createTeamRepositories(db: Kysely<Tables>, clock: Clock): TeamRepositories {
  return {
    async repositories() {
      const rows = await db.selectFrom('team_repositories').selectAll().orderBy('repository_id').execute();
      return rows.map(toRepository);
    },
    async saveRepository({ id, owner, name, installationId }, settings, pushedAt) {
      const now = { owner, name, installation_id: String(installationId), pushed_at: pushedAt };
      const changing = { ...now, settings: JSON.stringify(settings), fault: null };
      await db
        .insertInto('team_repositories')
        .values({ repository_id: String(id), ...changing, launched_at: clock.now() })
        .onConflict((conflict) => conflict.column('repository_id').doUpdateSet(changing))
        .execute();
    },
    async noteFault(repositoryId, fault) {
      await db
        .updateTable('team_repositories')
        .set({ fault: fault.slice(0, MAX_FAULT) })
        .where('repository_id', '=', String(repositoryId))
        .execute();
    },
    async forgetRepository(repositoryId) {
      await db.deleteFrom('team_repositories').where('repository_id', '=', String(repositoryId)).execute();
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
  readonly fault: string | null;
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
    fault: row.fault,
  };
}
