import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/**
 * A secret that all replicas share and that outlives them: made once, by whoever asks first. For what must not change
 * when the operator changes a setting.
 */
export async function readSecret(db: Kysely<Tables>, name: string): Promise<string> {
  const value = randomBytes(32).toString('hex');
  await db
    .insertInto('secrets')
    .values({ name, value })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await db
    .selectFrom('secrets')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
  return row.value;
}
