import type { Repository } from '../domain/subject.ts';
import type { TeamNote } from '../domain/team/team-note.ts';
import type { Waking } from '../domain/team/waking.ts';
import { RefusedError } from '../ports/effects.ts';
import type { TeamRepository } from '../ports/team-records.ts';
import { ensureBoard } from './ensure-board.ts';
import type { TeamDesk } from './team-desk.ts';

/** What people should know, in a comment of its own; `key` tells it from others. */
export interface News {
  readonly key: string;
  readonly note: TeamNote;
}

type PlacedNews = News & { readonly place: Pick<TeamRepository, 'repository' | 'settings'> };

/**
 * Says where the team reports, once, what people should know of a member. What cannot be said on GitHub is in the log and
 * in the status. Throws when it can be said later.
 */
export async function tellPeople(
  { member }: Pick<Waking, 'member'>,
  news: PlacedNews,
  desk: TeamDesk,
): Promise<void> {
  await tell(`${toTeamOwner(news.place.repository)}:${member}`, news, desk);
}

/** The same of the team as a whole, whichever member comes to say it. */
export async function tellOfTeam(news: PlacedNews, desk: TeamDesk): Promise<void> {
  await tell(toTeamOwner(news.place.repository), news, desk);
}

/** Whom the words of a whole team belong to. */
export function toTeamOwner({ id }: Pick<Repository, 'id'>): string {
  return `team:${id}`;
}

async function tell(owner: string, { key, note, place }: PlacedNews, desk: TeamDesk): Promise<void> {
  const { repository, settings } = place;
  try {
    const number = await ensureBoard(repository, settings, desk);
    await desk.codeHost.ensure({ repository, number }, owner, desk.show(key, note));
  } catch (error) {
    if (!(error instanceof RefusedError)) {
      throw error;
    }
    desk.log.warn({ error, owner }, 'nobody could be notified on GitHub');
  }
}

/** Where a waking is at work; undefined where the team does not work any more. */
export async function findPlace(
  { repositoryId }: Pick<Waking, 'repositoryId'>,
  { records }: Pick<TeamDesk, 'records'>,
): Promise<TeamRepository | undefined> {
  return (await records.repositories()).find(({ repository }) => repository.id === repositoryId);
}
