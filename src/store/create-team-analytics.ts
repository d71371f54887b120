import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { MemberFigure, TaskFigure, TeamAnalytics } from '../ports/team-analytics.ts';
import type { Tables } from './tables.ts';

/**
 * What tasks took: the wakings that members recorded, and the runs that were asked for by members, which the table of
 * runs has with their times.
 */
const TASKS = sql`
  select member, task_type, duration_ms::double precision as ms from baton.task_durations
  where at > now() - interval '7 days'
  union all
  select "order"->>'member', coalesce(progress->'definition'->'workflow'->>'name', 'run'),
    extract(epoch from updated_at - created_at) * 1000
  from baton.runs
  where ended and "order"->>'member' is not null and updated_at > now() - interval '7 days'`;

/** Figures of the team, on Postgres. */
export function createTeamAnalytics(db: Kysely<Tables>): TeamAnalytics {
  return {
    async bottlenecks() {
      const { rows } = await sql<TaskFigure>`
        select task_type as type, count(*)::int as count, avg(ms)::double precision as "averageMs"
        from (${TASKS}) as tasks group by task_type order by avg(ms) desc limit 10`.execute(db);
      return rows;
    },
    async members() {
      const { rows } = await sql<MemberFigure>`
        select member, count(*)::int as tasks, avg(ms)::double precision as "averageMs"
        from (${TASKS}) as tasks group by member order by member`.execute(db);
      return rows;
    },
  };
}
