import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Effect } from '../ports/effects.ts';
import type { LeaseHolders } from '../ports/lease.ts';
import { type LedgerSession, toHolder } from './ledger-session.ts';
import type { Tables } from './tables.ts';

/** What a caller may do with an effect. */
export type Turn =
  /** It was never sent: send it. */
  | { readonly kind: 'unsent' }
  /** It was sent by someone who did not finish: look first. */
  | { readonly kind: 'open' }
  /** Someone else is sending it right now: wait. */
  | { readonly kind: 'busy' }
  | { readonly kind: 'done'; readonly result: unknown };

/** Where the rows are, and as whom this process owns them. */
export interface EffectLedger {
  readonly db: Kysely<Tables>;
  /** For what follows a send: when it is lost, the effect is looked up. */
  readonly ordered: Kysely<Tables>;
  readonly session: LedgerSession;
  /** A frozen process keeps its connections; its lease tells that it is not to be waited for. */
  readonly holders?: LeaseHolders | undefined;
  /** After so many milliseconds even an owner that looks alive is not waited for. */
  readonly takeOverAfterMs: number;
}

/** Writes the row before the first send, or says what became of an earlier one. */
export async function takeTurn(ledger: EffectLedger, effect: Effect<unknown>): Promise<Turn> {
  const owner = await ledger.session.owner();
  if (await claim(ledger, effect, owner)) {
    return { kind: 'unsent' };
  }
  const row = await ledger.db
    .selectFrom('effects')
    .select(['key', 'state', 'result', 'owner'])
    .where('key', '=', effect.key)
    .executeTakeFirst();
  if (row?.state === 'done') {
    return { kind: 'done', result: row.result };
  }
  const taken = row !== undefined && (await takeOver(ledger, row, owner));
  return { kind: taken ? 'open' : 'busy' };
}

/** Records the result, whoever owns the row: that the write happened is true for everybody. */
export async function finishEffect({ ordered }: EffectLedger, key: string, result: unknown): Promise<void> {
  await ordered
    .updateTable('effects')
    .set({ state: 'done', result: JSON.stringify(result ?? null), updated_at: sql<Date>`now()` })
    .where('key', '=', key)
    .execute();
}

/** Forgets a refused effect, unless somebody else has taken it over. */
export async function clearEffect({ ordered, session }: EffectLedger, key: string): Promise<void> {
  await ordered
    .deleteFrom('effects')
    .where('key', '=', key)
    .where('state', '=', 'sent')
    .where('owner', '=', await session.owner())
    .execute();
}

async function claim({ db }: EffectLedger, effect: Effect<unknown>, owner: string): Promise<boolean> {
  const claimed = await db
    .insertInto('effects')
    .values({ key: effect.key, kind: effect.kind, run_id: effect.runId, state: 'sent', owner })
    .onConflict((conflict) => conflict.doNothing())
    .returning('key')
    .executeTakeFirst();
  return claimed !== undefined;
}

/** Only one of several succeeds. The lock can be had when the session of the row's owner has ended. */
async function takeOver(
  { db, holders, takeOverAfterMs }: EffectLedger,
  from: { readonly key: string; readonly owner: string },
  owner: string,
): Promise<boolean> {
  const isLost = (await holders?.hasLost(toHolder(from.owner))) ?? false;
  const taken = await db
    .updateTable('effects')
    .set({ owner, updated_at: sql<Date>`now()` })
    .where('key', '=', from.key)
    .where('state', '=', 'sent')
    .where('owner', '=', from.owner)
    .where(
      sql<boolean>`(
        owner = ${owner}
        or ${isLost}
        or updated_at < now() - make_interval(secs => ${takeOverAfterMs / 1000})
        or pg_try_advisory_xact_lock(hashtextextended(owner, 0))
      )`,
    )
    .returning('key')
    .executeTakeFirst();
  return taken !== undefined;
}
