import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Message } from '../domain/team/message.ts';
import type { Taking } from '../ports/messages.ts';
import type { Tables } from './tables.ts';

/** When messages are taken, and what counts as left behind. */
export interface TakeRules {
  /** ISO time. */
  readonly at: string;
  /** A message in progress for longer is given to another taker, in milliseconds. */
  readonly heldForMs: number;
  /** One that was taken so often without an end is failed. */
  readonly maxTakes: number;
}

interface TakenRow {
  readonly id: string;
  readonly repository_id: string;
  readonly key: string;
  readonly sender: string;
  readonly recipient: string;
  readonly type: string;
  readonly content: Message['content'];
  readonly priority: number;
  readonly takes: number;
  readonly created_at: Date;
}

/** Moves the first messages of a member into progress. Takers at the same time get different ones. */
export async function takeMessages(
  db: Kysely<Tables>,
  taking: Taking,
  rules: TakeRules,
): Promise<readonly Message[]> {
  const { repositoryId, recipient, taker, limit } = taking;
  const { at, heldForMs, maxTakes } = rules;
  const free = sql`repository_id = ${repositoryId} and recipient = ${recipient} and (
      status = 'pending' or (status = 'in_progress' and (taken_by = ${taker}
        or taken_at <= ${at}::timestamptz - make_interval(secs => ${heldForMs / 1000}))))`;
  await sql`
    update baton.messages
    set status = 'failed', completed_at = ${at}::timestamptz, taken_by = null,
      reason = 'taken ' || takes || ' times, and never brought to an end'
    where ${free} and takes >= ${maxTakes}`.execute(db);
  const { rows } = await sql<TakenRow>`
    update baton.messages
    set status = 'in_progress', taken_by = ${taker}, taken_at = ${at}::timestamptz, takes = takes + 1
    where id in (
      select id from baton.messages where ${free} order by priority, id limit ${limit} for update skip locked
    )
    returning id, repository_id, key, sender, recipient, type, content, priority, takes, created_at`.execute(
    db,
  );
  return rows.map(toMessage).toSorted((a, b) => a.priority - b.priority || a.id - b.id);
}

function toMessage(row: TakenRow): Message {
  const { id, repository_id: repositoryId, created_at: sentAt, ...same } = row;
  return { ...same, id: Number(id), repositoryId: Number(repositoryId), sentAt: sentAt.toISOString() };
}
