import { activeMembers } from '../domain/team/active-members.ts';
import type { TeamDesk } from './team-desk.ts';

const WEEK_MS = 7 * 24 * 60 * 60_000;
/** Deleted in one statement, so that none holds the table for long. */
const BATCH = 5000;

/** Deletes messages that ended a week ago, and fails those that waited as long for somebody who does not work there. */
export async function cleanUp({
  members,
  records,
  messages,
  log,
}: Pick<TeamDesk, 'members' | 'records' | 'messages' | 'log'>): Promise<void> {
  const places = await records.repositories();
  const workers = places.flatMap(({ repository, settings }) =>
    activeMembers(members, settings).map(({ member }) => ({
      repositoryId: repository.id,
      member: member.name,
    })),
  );
  const failed = await messages.failUnwanted(workers, WEEK_MS);
  let deleted = 0;
  for (let last = BATCH; last === BATCH; deleted += last) {
    last = await messages.prune(WEEK_MS, BATCH);
  }
  log.debug({ deleted, failed }, 'the messages of the team were cleaned up');
}
