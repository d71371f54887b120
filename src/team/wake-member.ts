import { afterCrash } from '../domain/team/after-crash.ts';
import type { Waking } from '../domain/team/waking.ts';
import type { Durable } from '../ports/durable.ts';
import { LeaseLostError } from '../ports/lease.ts';
import { type Crash, giveUp } from './give-up.ts';
import type { TeamDesk } from './team-desk.ts';
import { workOnce } from './work-once.ts';

type Worked =
  | { readonly kind: 'done'; readonly note: string }
  | { readonly kind: 'crashed'; readonly why: string };

/**
 * One waking of a member: it looks, decides, acts, and sleeps again. After a crash it begins anew when the back-off is
 * over; when it has crashed too often it is given up, and the others go on. What the engine remembers of it survives the
 * process, so the same waking goes on elsewhere.
 */
export async function wakeMember(waking: Waking, durable: Durable, desk: TeamDesk): Promise<void> {
  const begun = await durable.step('begin', () => desk.records.begin(waking, desk.process));
  if (begun.kind === 'already-running') {
    const since = new Date(begun.sinceMs).toISOString();
    desk.log.info({ waking: waking.id }, `${waking.member} is already running since ${since} on ${begun.on}`);
    return;
  }
  for (let crashes = 0; ; ) {
    const worked = await durable.step('work', () => tryToWork(waking, desk));
    if (worked.kind === 'done') {
      const note = { state: 'ended', crashes, note: worked.note } as const;
      await durable.step('end', () => desk.records.note(waking.id, note));
      desk.log.debug({ waking: waking.id, did: worked.note }, 'a member of the team has done its work');
      return;
    }
    crashes += 1;
    const next = afterCrash(crashes, desk.rules);
    const crash = { waking, crashes, why: worked.why };
    if (next.kind === 'give-up') {
      await durable.step('give up', () => giveUp(crash, desk));
      return;
    }
    await durable.step('crashed', () => noteCrash(crash, next.waitMs, desk));
    await durable.sleep(next.waitMs);
  }
}

async function tryToWork(waking: Waking, desk: TeamDesk): Promise<Worked> {
  try {
    return { kind: 'done', note: await workOnce(waking, desk) };
  } catch (error) {
    if (error instanceof LeaseLostError) {
      throw error;
    }
    return { kind: 'crashed', why: error instanceof Error ? error.message : String(error) };
  }
}

async function noteCrash({ waking, crashes, why }: Crash, waitMs: number, desk: TeamDesk): Promise<void> {
  const { id, member, repositoryId } = waking;
  desk.log.warn(
    { member, repositoryId, crashes, why, waitMs },
    'a member of the team crashed; it is restarted',
  );
  await desk.records.addRestart({ wakingId: id, member, repositoryId, crash: crashes, why, waitMs });
  await desk.records.note(id, { state: 'restarting', crashes, note: why });
}
