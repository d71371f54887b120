import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Clock } from '../ports/clock.ts';
import type { TeamRecords } from '../ports/team-records.ts';
import type { Tables } from './tables.ts';

type Claims = Pick<TeamRecords, 'claim' | 'passOver' | 'passedOver' | 'releaseEnded'>;

/** A claim whose run was never made is given back after so long: whoever made it has died. */
const UNUSED_SECONDS = 3600;

/** What members have taken, on Postgres. */
export function createClaims(db: Kysely<Tables>, clock: Clock): Claims {
  return {
    async claim({ repositoryId, number, member, runId }) {
      const taken = { member, run_id: runId, claimed_at: clock.now(), passed_over_at: null };
      await db
        .insertInto('claims')
        .values({ repository_id: String(repositoryId), number, ...taken })
        .onConflict((conflict) =>
          conflict
            .columns(['repository_id', 'number'])
            .doUpdateSet(taken)
            .where((where) =>
              where.or([where('claims.member', '=', member), where('claims.passed_over_at', 'is not', null)]),
            ),
        )
        .execute();
      const row = await db
        .selectFrom('claims')
        .select('member')
        .where('repository_id', '=', String(repositoryId))
        .where('number', '=', number)
        .executeTakeFirst();
      return row === undefined || row.member === member ? null : row.member;
    },
    async passOver(repositoryId, number) {
      await db
        .updateTable('claims')
        .set({ passed_over_at: clock.now() })
        .where('repository_id', '=', String(repositoryId))
        .where('number', '=', number)
        .execute();
    },
    async passedOver(repositoryId) {
      const rows = await db
        .selectFrom('claims')
        .select(['number', 'passed_over_at'])
        .where('repository_id', '=', String(repositoryId))
        .where('passed_over_at', 'is not', null)
        .execute();
      return new Map(rows.map(({ number, passed_over_at: at }) => [number, at?.getTime() ?? 0]));
    },
    async releaseEnded(repositoryId) {
      await sql`
        delete from baton.claims as c where c.repository_id = ${repositoryId} and c.passed_over_at is null and (
          exists (select from baton.runs r where r.id = c.run_id and r.ended)
          or (c.claimed_at < ${clock.now()}::timestamptz - make_interval(secs => ${UNUSED_SECONDS})
            and not exists (select from baton.runs r where r.id = c.run_id)))`.execute(db);
    },
  };
}
