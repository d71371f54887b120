import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Tables } from './tables.ts';

/** Tables whose rows mean nothing to any other, with their key and the time that counts. */
const PRUNABLE = {
  model_usage: { key: 'id', at: 'at' },
  comment_edits: { key: 'comment_id', at: 'edited_at' },
  trace_events: { key: 'id', at: 'at' },
  task_durations: { key: 'id', at: 'at' },
  agent_health: { key: 'id', at: 'looked_at' },
  restarts: { key: 'id', at: 'at' },
} as const satisfies Partial<Record<keyof Tables, { readonly key: string; readonly at: string }>>;

export type Prunable = keyof typeof PRUNABLE;

/** Deletes at most `limit` rows that are older, by the clock of the database. Returns how many. */
export async function pruneOlder(
  db: Kysely<Tables>,
  table: Prunable,
  { olderThanMs, limit }: { readonly olderThanMs: number; readonly limit: number },
): Promise<number> {
  const { key, at } = PRUNABLE[table];
  const named = sql.table(`baton.${table}`);
  const { numAffectedRows } = await sql`
    delete from ${named} where ${sql.ref(key)} in (
      select ${sql.ref(key)} from ${named}
      where ${sql.ref(at)} <= now() - make_interval(secs => ${olderThanMs / 1000})
      limit ${limit}
    )`.execute(db);
  return Number(numAffectedRows ?? 0);
}
