import type { Kysely } from 'kysely';
import type { Waking } from '../domain/team/waking.ts';
import type { Clock } from '../ports/clock.ts';
import type { KeptWaking, Restart, TeamRecords } from '../ports/team-records.ts';
import type { Tables } from './tables.ts';

type Wakings = Pick<TeamRecords, 'begin' | 'note' | 'wakings' | 'addRestart' | 'restarts'>;

/** Who is awake, on Postgres. An index lets one waking of a member in a repository be at work. */
export function createWakings(db: Kysely<Tables>, clock: Clock): Wakings {
  return {
    async begin(waking, on) {
      for (;;) {
        await insert(db, waking, { at: clock.now(), on });
        const rows = await db
          .selectFrom('wakings')
          .select(['id', 'state', 'began_at', 'on'])
          .where('repository_id', '=', String(waking.repositoryId))
          .where('member', '=', waking.member)
          .where((where) =>
            where.or([where('state', 'in', ['running', 'restarting']), where('id', '=', waking.id)]),
          )
          .execute();
        if (rows.some(({ id }) => id === waking.id)) {
          return { kind: 'began' };
        }
        const [working] = rows;
        // The other one may have ended between the two statements; then there is room now.
        if (working !== undefined) {
          return { kind: 'already-running', sinceMs: working.began_at.getTime(), on: working.on };
        }
      }
    },
    async note(wakingId, { state, crashes, note }) {
      const isOver = state === 'ended' || state === 'given-up';
      await db
        .updateTable('wakings')
        .set({ state, crashes, note: note.slice(0, 2000), ...(isOver ? { ended_at: clock.now() } : {}) })
        .where('id', '=', wakingId)
        .execute();
    },
    wakings: () => readWakings(db),
    async addRestart({ repositoryId, wakingId, waitMs, ...restart }) {
      await db
        .insertInto('restarts')
        .values({
          ...restart,
          why: restart.why.slice(0, 2000),
          repository_id: String(repositoryId),
          waking_id: wakingId,
          wait_ms: waitMs === null ? null : String(waitMs),
          at: clock.now(),
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    restarts: (limit) => readRestarts(db, limit),
  };
}

async function insert(
  db: Kysely<Tables>,
  { repositoryId, ...waking }: Waking,
  { at, on }: { readonly at: string; readonly on: string },
): Promise<void> {
  await db
    .insertInto('wakings')
    .values({
      ...waking,
      repository_id: String(repositoryId),
      state: 'running',
      began_at: at,
      on,
      crashes: 0,
      note: '',
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function readWakings(db: Kysely<Tables>): Promise<readonly KeptWaking[]> {
  const rows = await db
    .selectFrom('wakings')
    .distinctOn(['repository_id', 'member'])
    .selectAll()
    .orderBy('repository_id')
    .orderBy('member')
    .orderBy('began_at', 'desc')
    .execute();
  return rows.map(({ repository_id: repositoryId, began_at: began, ended_at: ended, ...row }) => ({
    ...row,
    repositoryId: Number(repositoryId),
    beganMs: began.getTime(),
    endedMs: ended?.getTime() ?? null,
  }));
}

async function readRestarts(db: Kysely<Tables>, limit: number): Promise<readonly Restart[]> {
  const rows = await db.selectFrom('restarts').selectAll().orderBy('id', 'desc').limit(limit).execute();
  return rows.map((row) => ({
    wakingId: row.waking_id,
    repositoryId: Number(row.repository_id),
    member: row.member,
    crash: row.crash,
    why: row.why,
    waitMs: row.wait_ms === null ? null : Number(row.wait_ms),
    atMs: row.at.getTime(),
  }));
}
