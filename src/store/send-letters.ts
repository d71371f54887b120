import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import type { Letter } from '../domain/team/message.ts';
import type { Sent } from '../ports/messages.ts';
import type { Tables } from './tables.ts';

/** When the letters are sent, and how many may wait in one repository. */
export interface Sending {
  /** ISO time. */
  readonly at: string;
  readonly maxQueueSize: number;
}

/**
 * Inserts letters in one transaction, in their order, as far as there is room. Senders of all replicas wait for one
 * another: two that count at the same time would both find the last place free.
 */
export async function sendLetters(
  db: Kysely<Tables>,
  letters: readonly Letter[],
  sending: Sending,
): Promise<readonly Sent[]> {
  return db.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('baton messages', 0))`.execute(transaction);
    const { known, open } = await readRoom(transaction, letters);
    const outcomes = letters.map((letter) => {
      const outcome = admit(letter, { known, open, maxQueueSize: sending.maxQueueSize });
      known.add(toKey(letter));
      return outcome;
    });
    await insert(
      transaction,
      letters.filter((_, index) => outcomes[index] === 'sent'),
      sending.at,
    );
    return outcomes;
  });
}

interface Room {
  readonly known: ReadonlySet<string>;
  /** By repository; counted up. */
  readonly open: Map<number, number>;
  readonly maxQueueSize: number;
}

function admit(letter: Letter, { known, open, maxQueueSize }: Room): Sent {
  if (known.has(toKey(letter))) {
    return 'known';
  }
  const count = open.get(letter.repositoryId) ?? 0;
  if (count >= maxQueueSize) {
    return 'full';
  }
  open.set(letter.repositoryId, count + 1);
  return 'sent';
}

function toKey({ repositoryId, key }: { repositoryId: number | string; key: string }): string {
  return `${repositoryId} ${key}`;
}

/**
 * Which of the letters are known, and how many wait where they go; asked at once, since others wait meanwhile. What is
 * taken makes room: a member that had to end its messages before it may tell what they lead to could never end them.
 */
async function readRoom(
  db: Transaction<Tables>,
  letters: readonly Letter[],
): Promise<{ known: Set<string>; open: Map<number, number> }> {
  const { rows } = await sql<{ repository_id: string; open: number; known: readonly string[] }>`
    select repository_id::bigint,
      (select count(*)::int from baton.messages m
        where m.repository_id = asked.repository_id and status = 'pending') as open,
      array(select key from baton.messages m where m.repository_id = asked.repository_id
        and key = any (${letters.map(({ key }) => key)}::text[])) as known
    from unnest(${repositoriesOf(letters)}::bigint[]) as asked (repository_id)`.execute(db);
  return {
    known: new Set(
      rows.flatMap((row) => row.known.map((key) => toKey({ repositoryId: row.repository_id, key }))),
    ),
    open: new Map(rows.map((row) => [Number(row.repository_id), row.open])),
  };
}

function repositoriesOf(letters: readonly Letter[]): readonly number[] {
  return [...new Set(letters.map(({ repositoryId }) => repositoryId))];
}

async function insert(db: Transaction<Tables>, letters: readonly Letter[], at: string): Promise<void> {
  if (letters.length === 0) {
    return;
  }
  const rows = letters.map((letter) => ({ ...letter, content: JSON.stringify(letter.content) }));
  // One value however many letters there are, so that the statement is always the same.
  await sql`
    insert into baton.messages
      (repository_id, key, sender, recipient, type, content, priority, created_at, raised_at)
    select (row->>'repositoryId')::bigint, row->>'key', row->>'sender', row->>'recipient', row->>'type',
      (row->>'content')::json, (row->>'priority')::int, ${at}::timestamptz, ${at}::timestamptz
    from json_array_elements(${JSON.stringify(rows)}::json) with ordinality as given (row, place)
    order by place`.execute(db);
}
