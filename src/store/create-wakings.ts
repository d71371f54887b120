import type { Kysely, Selectable } from 'kysely';
import { sql } from 'kysely';
import { toFollowedPressures } from '../domain/team/pressure.ts';
import type { Waking } from '../domain/team/waking.ts';
import type { Clock } from '../ports/clock.ts';
import type { KeptWaking, Restart, TeamRecords } from '../ports/team-records.ts';
import type { Tables } from './tables.ts';
import type { WakingsTable } from './team-tables.ts';

type Wakings = Pick<TeamRecords, 'begin' | 'moveTo' | 'note' | 'wakings' | 'addRestart' | 'restarts'>;

/** Who is awake, on Postgres. An index lets one waking of a member in a repository be at work. */
export function createWakings(db: Kysely<Tables>, clock: Clock): Wakings {
  return {
    async begin(waking, on) {
      for (;;) {
        await insert(db, waking, { at: clock.now(), on });
        const rows = await readRivals(db, waking);
        const own = rows.find(({ id }) => id === waking.id);
        if (own !== undefined) {
          return { kind: 'began', atMs: own.began_at.getTime() };
        }
        const working = rows.find(({ ended_at: ended }) => ended === null);
        if (working !== undefined) {
          return { kind: 'already-running', sinceMs: working.began_at.getTime(), on: working.on };
        }
        if (rows.length > 0) {
          return { kind: 'late' };
        }
        // The other one has ended between the two statements; then there is room now.
      }
    },
    async moveTo(wakingId, on) {
      await db.updateTable('wakings').set({ on }).where('id', '=', wakingId).where('on', '!=', on).execute();
    },
    async note(wakingId, { state, crashes, note, pressures = [] }) {
      const isOver = state === 'ended' || state === 'given-up';
      const kept = { state, crashes, note: note.slice(0, 2000), pressures: JSON.stringify(pressures) };
      await db
        .updateTable('wakings')
        .set({ ...kept, ...(isOver ? { ended_at: clock.now() } : {}) })
        .where('id', '=', wakingId)
        .execute();
    },
    wakings: () => readWakings(db),
    async addRestart({ repositoryId, work, waitMs, ...restart }) {
      await db
        .insertInto('restarts')
        .values({
          ...restart,
          why: restart.why.slice(0, 2000),
          repository_id: String(repositoryId),
          waking_id: work,
          wait_ms: waitMs === null ? null : String(waitMs),
          at: clock.now(),
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    restarts: (limit) => readRestarts(db, limit),
  };
}

/**
 * Nothing when another one is at work, or has come between it and the one that it was to follow. It begins after that
 * one also when the clock here is behind: the newest is known by when it began.
 */
async function insert(
  db: Kysely<Tables>,
  waking: Waking,
  { at, on }: { readonly at: string; readonly on: string },
): Promise<void> {
  const { id, repositoryId, member, reason } = waking;
  await sql`
    insert into baton.wakings (id, repository_id, member, reason, state, began_at, "on", pressures)
    select ${id}, ${repositoryId}, ${member}, ${reason}, 'running',
      greatest(${at}::timestamptz, ${toFollowed(waking)}::timestamptz + interval '1 ms'), ${on},
      ${JSON.stringify(toFollowedPressures(waking))}::json
    where not exists (
      select from baton.wakings where repository_id = ${repositoryId} and member = ${member}
        and began_at > ${toFollowed(waking)}::timestamptz)
    on conflict do nothing`.execute(db);
}

/** The waking itself, the one at work, and those that came since the one that it was to follow. */
async function readRivals(db: Kysely<Tables>, waking: Waking) {
  return await db
    .selectFrom('wakings')
    .select(['id', 'began_at', 'ended_at', 'on'])
    .where('repository_id', '=', String(waking.repositoryId))
    .where('member', '=', waking.member)
    .where((where) =>
      where.or([
        where('state', 'in', ['running', 'restarting']),
        where('id', '=', waking.id),
        where('began_at', '>', sql<Date>`${toFollowed(waking)}::timestamptz`),
      ]),
    )
    .execute();
}

/** When the waking began that is to be followed; null when that is not known. */
function toFollowed({ afterMs }: Waking): string | null {
  return afterMs === undefined ? null : new Date(afterMs).toISOString();
}

/**
 * Asked every few seconds, while each member leaves many behind: so from one member's newest to the next member's, by the
 * index, and never through all of them.
 */
async function readWakings(db: Kysely<Tables>): Promise<readonly KeptWaking[]> {
  const { rows } = await sql<Selectable<Tables['wakings']>>`
    with recursive newest as (
      (select * from baton.wakings order by repository_id, member, began_at desc limit 1)
      union all
      select following.* from newest cross join lateral (
        select * from baton.wakings w where (w.repository_id, w.member) > (newest.repository_id, newest.member)
        order by w.repository_id, w.member, w.began_at desc limit 1
      ) as following
    ) select * from newest`.execute(db);
  return rows.map(toKept);
}

/** One waking, however long ago; null when there was none. */
export async function readWaking(db: Kysely<Tables>, id: string): Promise<KeptWaking | null> {
  const row = await db.selectFrom('wakings').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : toKept(row);
}

function toKept({
  repository_id: repositoryId,
  began_at: began,
  ended_at: ended,
  ...row
}: Selectable<WakingsTable>): KeptWaking {
  return {
    ...row,
    repositoryId: Number(repositoryId),
    beganMs: began.getTime(),
    endedMs: ended?.getTime() ?? null,
  };
}

async function readRestarts(db: Kysely<Tables>, limit: number): Promise<readonly Restart[]> {
  const rows = await db.selectFrom('restarts').selectAll().orderBy('id', 'desc').limit(limit).execute();
  return rows.map((row) => ({
    work: row.waking_id,
    repositoryId: Number(row.repository_id),
    member: row.member,
    role: row.role,
    crash: row.crash,
    why: row.why,
    waitMs: row.wait_ms === null ? null : Number(row.wait_ms),
    atMs: row.at.getTime(),
  }));
}
