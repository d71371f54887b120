import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { ContentTurns } from '../ports/content-turns.ts';
import type { Tables } from './tables.ts';

/**
 * The turns on Postgres, by its clock, so that all replicas keep the limits together. One statement a turn: the row is
 * locked while it is written, so no two get the same.
 */
export function createContentTurns(db: Kysely<Tables>): ContentTurns {
  return {
    async take(installationId, limits) {
      const kept = Math.max(...limits.map(({ count }) => count));
      // Where fewer were given there is no such element, and `greatest` passes over it.
      const earliest = limits.map(
        ({ count, perMs }) =>
          sql`turns.times[cardinality(turns.times) - ${count}::int + 1] + make_interval(secs => ${perMs / 1000})`,
      );
      const { rows } = await sql<{ wait_ms: number }>`
        insert into baton.content_turns as turns (installation_id, times)
        values (${installationId}, array[clock_timestamp()])
        on conflict (installation_id) do update set times =
          turns.times[greatest(cardinality(turns.times) - ${kept}::int + 2, 1):]
          || greatest(clock_timestamp(), ${sql.join(earliest)})
        returning extract(epoch from times[cardinality(times)] - clock_timestamp())::float8 * 1000 as wait_ms
      `.execute(db);
      return Math.max(0, rows[0]?.wait_ms ?? 0);
    },
  };
}
