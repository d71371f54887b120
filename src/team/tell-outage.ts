import { activeMembers } from '../domain/team/active-members.ts';
import { lastingSinceMs, type OutageNews } from '../domain/team/pressure.ts';
import type { AwayMember, TeamNote } from '../domain/team/team-note.ts';
import type { Waking } from '../domain/team/waking.ts';
import { isLeaseLost } from '../ports/lease.ts';
import type { TeamRepository } from '../ports/team-records.ts';
import type { TeamDesk } from './team-desk.ts';
import { findPlace, tellOfTeam, toTeamOwner } from './tell-people.ts';

/** One comment of the whole team, kept up to date. */
const KEY = 'outage';

/** Says to people for which members GitHub is away for long. What is over is said only where people were told of it. */
export async function tellOutage(waking: Waking, news: OutageNews, desk: TeamDesk): Promise<null> {
  const place = await findPlace(waking, desk);
  if (place === undefined) {
    return null;
  }
  for (let away = await readAway(place, desk); ; ) {
    const note: TeamNote = { kind: 'outage', away };
    if ((news === 'lasts' && away.length > 0) || (await isTold(place, note, desk))) {
      await tellOfTeam({ key: KEY, note, place }, desk);
    }
    // Another member may have said what is newer before this came to be said: then the newest word is not the last one.
    const now = await readAway(place, desk);
    if (JSON.stringify(now) === JSON.stringify(away)) {
      return null;
    }
    away = now;
  }
}

/** The same, as far as GitHub takes it now; what it does not take is said after the next waking that finds it away. */
export async function tryToTellOutage(waking: Waking, desk: TeamDesk): Promise<null> {
  try {
    return await tellOutage(waking, 'lasts', desk);
  } catch (error) {
    if (isLeaseLost(error)) {
      throw error;
    }
    desk.log.warn({ error, member: waking.member }, 'people could not be told that GitHub is away');
    return null;
  }
}

/** Who waits for GitHub, in the order of their launch. Whom the operator has stopped waits for nothing. */
async function readAway(
  { repository, settings }: TeamRepository,
  { members, records }: TeamDesk,
): Promise<readonly AwayMember[]> {
  const [wakings, switches] = await Promise.all([records.wakings(), records.switches()]);
  return activeMembers(members, settings).flatMap(({ member: { name } }) => {
    const last = wakings.find((one) => one.repositoryId === repository.id && one.member === name);
    const sinceMs = lastingSinceMs(last?.pressures ?? []);
    return sinceMs === null || switches.get(name)?.stopped === true
      ? []
      : [{ member: name, since: new Date(sinceMs).toISOString() }];
  });
}

async function isTold({ repository }: TeamRepository, note: TeamNote, desk: TeamDesk): Promise<boolean> {
  return await desk.hasShown(toTeamOwner(repository), desk.show(KEY, note).key);
}
