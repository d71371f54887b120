import { afterCrash } from '../domain/after-crash.ts';
import {
  beginsToLast,
  nextOutage,
  type OutageNews,
  type Outages,
  outagesOf,
  toFollowedPressures,
  toOutageNews,
} from '../domain/team/pressure.ts';
import type { Waking } from '../domain/team/waking.ts';
import type { Durable } from '../ports/durable.ts';
import { isLeaseLost } from '../ports/lease.ts';
import { endWaking } from './end-waking.ts';
import { type Crash, giveUp, tellGivenUp } from './give-up.ts';
import { insist } from './insist.ts';
import type { TeamDesk } from './team-desk.ts';
import { tellOutage, tryToTellOutage } from './tell-outage.ts';
import { type Try, watchWaking } from './watch-waking.ts';
import { type Work, workOnce } from './work-once.ts';

type Worked = ({ readonly kind: 'done' } & Work) | { readonly kind: 'crashed'; readonly why: string };

/**
 * One waking of a member: it looks, decides, acts, and sleeps again. After a crash it begins anew when the back-off is
 * over; when it has crashed too often it is given up, and the others go on. What the engine remembers of it survives the
 * process, so the same waking goes on elsewhere.
 */
export async function wakeMember(waking: Waking, durable: Durable, desk: TeamDesk): Promise<void> {
  function keep<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    return insist({ name, work }, { durable, log: desk.log });
  }
  const begun = await keep('begin', () => desk.records.begin(waking, desk.process));
  if (begun.kind === 'late') {
    desk.log.debug(
      { waking: waking.id },
      'another waking has come first; when there is more to do, it is woken anew',
    );
    return;
  }
  if (begun.kind === 'already-running') {
    const since = new Date(begun.sinceMs).toISOString();
    desk.log.info({ waking: waking.id }, `${waking.member} is already running since ${since} on ${begun.on}`);
    return;
  }
  /** Apart from the end of the waking, for the same reason as what is told of one that was given up. */
  async function tellNews(news: OutageNews | null): Promise<void> {
    if (news === 'lasts') {
      await durable.step('tell of the outage', () => tryToTellOutage(waking, desk));
    } else if (news === 'over') {
      await keep('tell of its end', () => tellOutage(waking, news, desk));
    }
  }
  const { atMs } = begun;
  for (let last: Crash | null = null; ; ) {
    const attempt: Try = { waking, crash: last };
    const worked = await durable.step('work', () => tryToWork(attempt, desk));
    const crashes = last?.crashes ?? 0;
    if (worked.kind === 'done') {
      const { note, pressures = [] } = worked;
      const met = outagesOf(pressures);
      if (met.outages > 0) {
        await keep('put back', () => putBack(waking, met, desk));
      }
      const end = { note: { state: 'ended', crashes, note, pressures }, atMs } as const;
      await keep('end', () => endWaking(waking, end, desk));
      await tellNews(toOutageNews(waking, pressures));
      desk.log.debug({ waking: waking.id, did: note }, 'a member of the team has done its work');
      return;
    }
    const crash: Crash = { waking, crashes: crashes + 1, why: worked.why };
    const next = afterCrash(crash.crashes, desk.rules);
    if (next.kind === 'give-up') {
      await keep('give up', () => giveUp(crash, { atMs, desk }));
      // Apart, since GitHub may be away: when the waking ended is written down once, and a start after that counts.
      await keep('tell of it', () => tellGivenUp(crash, desk));
      await tellNews(toOutageNews(waking, []));
      return;
    }
    last = crash;
    await keep('crashed', () => noteCrash(crash, next.waitMs, desk));
    await durable.sleep(next.waitMs);
  }
}

async function tryToWork(attempt: Try, desk: TeamDesk): Promise<Worked> {
  const watched = watchWaking(attempt, desk);
  try {
    // Whoever has taken it over did not begin it.
    await desk.records.moveTo(attempt.waking.id, desk.process);
    const work = await workOnce(attempt.waking, { desk, tell: (happened) => watched.tell(happened) });
    watched.ended({ kind: 'answered' });
    return { kind: 'done', ...work };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    watched.ended({ kind: 'failed', reason: why });
    if (isLeaseLost(error)) {
      throw error;
    }
    if (desk.isOutage(error)) {
      const nowMs = Date.parse(desk.clock.now());
      return {
        kind: 'done',
        note: `GitHub did not answer: ${why}`,
        pressures: [nextOutage(attempt.waking, nowMs)],
      };
    }
    return { kind: 'crashed', why };
  }
}

async function putBack({ id, member }: Waking, met: Outages, desk: TeamDesk): Promise<null> {
  await desk.messages.putBack(id);
  const level = beginsToLast(met) ? 'error' : 'warn';
  desk.log[level]({ member, outages: met.outages }, 'GitHub is away; the member tries again later');
  return null;
}

async function noteCrash({ waking, crashes, why }: Crash, waitMs: number, desk: TeamDesk): Promise<void> {
  const { id, member, repositoryId } = waking;
  desk.log.warn(
    { member, repositoryId, crashes, why, waitMs },
    'a member of the team crashed; it is restarted',
  );
  await desk.records.addRestart({ work: id, member, role: null, repositoryId, crash: crashes, why, waitMs });
  // A crash says nothing about whether GitHub answers again.
  const pressures = toFollowedPressures(waking);
  await desk.records.note(id, { state: 'restarting', crashes, note: why, pressures });
}
