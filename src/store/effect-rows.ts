import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Effect } from '../ports/effects.ts';
import type { LeaseHolders } from '../ports/lease.ts';
import type { LedgerSession } from './ledger-session.ts';
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
  /** Who else there is; absent when processes have no leases. */
  readonly holders?: LeaseHolders | undefined;
}

/** The owner of an effect that was begun and is not being sent by anybody. */
const NOBODY = '';

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

/** Leaves an effect that may have happened to whoever asks next, unless somebody else has taken it over. */
export async function releaseEffect({ ordered, session }: EffectLedger, key: string): Promise<void> {
  await ordered
    .updateTable('effects')
    .set({ owner: NOBODY, updated_at: sql<Date>`now()` })
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

/**
 * Only one of several succeeds. An owner that lives is never taken over from, however long it takes: its write may be
 * about to leave. The lock can be had when the session of the row's owner has ended.
 */
async function takeOver(
  { db, holders }: EffectLedger,
  from: { readonly key: string; readonly owner: string },
  owner: string,
): Promise<boolean> {
  const isFree = from.owner === owner || from.owner === NOBODY;
  const isGone =
    holders === undefined
      ? sql<boolean>`pg_try_advisory_xact_lock(hashtextextended(owner, 0))`
      : sql<boolean>`${isFree || (await holders.hasLost(from.owner))}`;
  const taken = await db
    .updateTable('effects')
    .set({ owner, updated_at: sql<Date>`now()` })
    .where('key', '=', from.key)
    .where('state', '=', 'sent')
    .where('owner', '=', from.owner)
    .where(sql<boolean>`(${isFree} or ${isGone})`)
    .returning('key')
    .executeTakeFirst();
  return taken !== undefined;
}
