import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Wait } from '../domain/team/find-circles.ts';
import type { Letter } from '../domain/team/message.ts';
import { letterSchema } from '../domain/team/message.ts';
import type { Clock } from '../ports/clock.ts';
import type { Messages, Sent, Waiting, Worker } from '../ports/messages.ts';
import { groupCommits } from './group-commit.ts';
import { sendLetters } from './send-letters.ts';
import type { Tables } from './tables.ts';
import { takeMessages } from './take-messages.ts';

/** What the queue holds to. */
export interface MessageRules {
  readonly clock: Clock;
  /** Most messages of one repository that are pending. */
  readonly maxQueueSize: number;
  /** A message in progress for longer was left behind, in milliseconds. Default: an hour. */
  readonly heldForMs?: number;
}

const HOUR_MS = 60 * 60_000;
/** A message that its taker dies of must not kill it for ever. */
const MAX_TAKES = 5;
const BATCH = { maxItems: 200, maxBytes: 4 * 1024 * 1024 } as const;

/** The messages on Postgres. `ordered` is for what is merely done again when a power cut loses it. */
export function createMessages(
  { db, ordered }: { readonly db: Kysely<Tables>; readonly ordered: Kysely<Tables> },
  { clock, maxQueueSize, heldForMs = HOUR_MS }: MessageRules,
): Messages {
  const send = groupCommits<Letter, Sent>({
    commit: (letters) => sendLetters(db, letters, { at: clock.now(), maxQueueSize }),
    sizeOf: ({ content }) => JSON.stringify(content).length,
    ...BATCH,
  });
  const complete = groupCommits<Ending, readonly number[]>({
    commit: (endings) => completeAll(ordered, endings, clock.now()),
    sizeOf: ({ ids }) => ids.length * 8,
    ...BATCH,
  });
  return {
    async send(letters) {
      const checked = letters.map((letter) => letterSchema.parse(letter));
      return Promise.all(checked.map(send));
    },
    take: (taking) => takeMessages(ordered, taking, { at: clock.now(), heldForMs, maxTakes: MAX_TAKES }),
    complete: async (ids, taker) => (ids.length === 0 ? [] : complete({ ids, taker })),
    async putBack(taker) {
      await ordered
        .updateTable('messages')
        // It was not tried, so this does not count as a try.
        .set({ status: 'pending', taken_by: null, taken_at: null, takes: sql`takes - 1` })
        .where('taken_by', '=', taker)
        .where('status', '=', 'in_progress')
        .execute();
    },
    waiting: () => readWaiting(ordered),
    async full() {
      const { rows } = await sql<{ repository_id: string }>`
        select repository_id from baton.messages where status = 'pending'
        group by repository_id having count(*) >= ${maxQueueSize}`.execute(ordered);
      return new Set(rows.map((row) => Number(row.repository_id)));
    },
    stalled: (repositoryId, olderThanMs) =>
      readStalled(ordered, { repositoryId, olderThanMs, at: clock.now() }),
    raiseStalled: (repositoryId, olderThanMs) =>
      raiseStalled(ordered, { repositoryId, olderThanMs, at: clock.now() }),
    failUnwanted: (workers, olderThanMs) => failUnwanted(ordered, workers, { olderThanMs, at: clock.now() }),
    counts: () => readCounts(ordered),
    prune: (olderThanMs, limit) => prune(db, { olderThanMs, limit, at: clock.now() }),
  };
}

interface Ending {
  readonly ids: readonly number[];
  readonly taker: string;
}

/** Endings that come together, in one statement. */
async function completeAll(
  db: Kysely<Tables>,
  endings: readonly Ending[],
  at: string,
): Promise<readonly (readonly number[])[]> {
  const pairs = endings.flatMap(({ ids, taker }) => ids.map((id) => ({ id, taker })));
  const { rows } = await sql<{ id: string; taken_by: string }>`
    update baton.messages as m set status = 'completed', completed_at = ${at}::timestamptz
    from unnest(${pairs.map(({ id }) => id)}::bigint[], ${pairs.map(({ taker }) => taker)}::text[])
      as ended (id, taker)
    where m.id = ended.id and m.taken_by = ended.taker and m.status = 'in_progress'
    returning m.id, m.taken_by`.execute(db);
  return endings.map(({ ids, taker }) => {
    const ended = new Set(rows.filter((row) => row.taken_by === taker).map(({ id }) => Number(id)));
    return ids.filter((id) => ended.has(id));
  });
}

async function readWaiting(db: Kysely<Tables>): Promise<readonly Waiting[]> {
  const rows = await db
    .selectFrom('messages')
    .distinctOn(['repository_id', 'recipient', 'type'])
    .select(['repository_id', 'recipient', 'type', 'id'])
    .where('status', '=', 'pending')
    .orderBy('repository_id')
    .orderBy('recipient')
    .orderBy('type')
    .orderBy('priority')
    .orderBy('id')
    .execute();
  return rows.map(({ repository_id: repositoryId, recipient, type, id }) => ({
    repositoryId: Number(repositoryId),
    recipient,
    type,
    firstId: Number(id),
  }));
}

/** What counts as stalled, and where. */
interface Stalling {
  readonly repositoryId: number;
  readonly olderThanMs: number;
  readonly at: string;
}

async function readStalled(
  db: Kysely<Tables>,
  { repositoryId, olderThanMs, at }: Stalling,
): Promise<readonly Wait[]> {
  return db
    .selectFrom('messages')
    .distinct()
    .select(['sender', 'recipient'])
    .where('repository_id', '=', String(repositoryId))
    .where('status', '=', 'pending')
    .where('created_at', '<=', ago(at, olderThanMs))
    .execute();
}

async function raiseStalled(
  db: Kysely<Tables>,
  { repositoryId, olderThanMs, at }: Stalling,
): Promise<number> {
  const result = await db
    .updateTable('messages')
    .set({ priority: sql`priority - 1`, raised_at: at })
    .where('repository_id', '=', String(repositoryId))
    .where('status', '=', 'pending')
    .where('priority', '>', 1)
    .where('raised_at', '<=', ago(at, olderThanMs))
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

async function failUnwanted(
  db: Kysely<Tables>,
  workers: readonly Worker[],
  { olderThanMs, at }: Omit<Stalling, 'repositoryId'>,
): Promise<number> {
  const result = await db
    .updateTable('messages')
    .set({ status: 'failed', reason: 'its recipient does not work here any more', completed_at: at })
    .where('status', '=', 'pending')
    .where('created_at', '<=', ago(at, olderThanMs))
    .where(
      sql<boolean>`(repository_id, recipient) not in (
        select * from unnest(${workers.map(({ repositoryId }) => repositoryId)}::bigint[],
          ${workers.map(({ member }) => member)}::text[]))`,
    )
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

async function readCounts(db: Kysely<Tables>) {
  const { rows } = await sql<Record<'pending' | 'inProgress' | 'completed' | 'failed', number>>`
    select count(*) filter (where status = 'pending')::int as pending,
      count(*) filter (where status = 'in_progress')::int as "inProgress",
      count(*) filter (where status = 'completed')::int as completed,
      count(*) filter (where status = 'failed')::int as failed
    from baton.messages`.execute(db);
  return rows[0] ?? { pending: 0, inProgress: 0, completed: 0, failed: 0 };
}

interface Pruning {
  readonly olderThanMs: number;
  readonly limit: number;
  readonly at: string;
}

async function prune(db: Kysely<Tables>, { olderThanMs, limit, at }: Pruning): Promise<number> {
  const old = db
    .selectFrom('messages')
    .select('id')
    .where('completed_at', '<=', ago(at, olderThanMs))
    .limit(limit);
  const result = await db.deleteFrom('messages').where('id', 'in', old).executeTakeFirst();
  return Number(result.numDeletedRows);
}

function ago(at: string, ms: number) {
  return sql<Date>`${at}::timestamptz - make_interval(secs => ${ms / 1000})`;
}
