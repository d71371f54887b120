import type { Waking } from '../domain/team/waking.ts';
import { RefusedError } from '../ports/effects.ts';
import { ensureBoard } from './ensure-board.ts';
import type { TeamDesk } from './team-desk.ts';

/** A waking that crashed. */
export interface Crash {
  readonly waking: Waking;
  readonly crashes: number;
  readonly why: string;
}

/** Restarts no more: says so where the team reports, tells the project manager, and leaves the others alone. */
export async function giveUp({ waking, crashes, why }: Crash, desk: TeamDesk): Promise<void> {
  const { id, member, repositoryId } = waking;
  desk.log.error(
    { member, repositoryId, crashes, why },
    'a member of the team crashed too often; it is not restarted',
  );
  await desk.records.addRestart({ wakingId: id, member, repositoryId, crash: crashes, why, waitMs: null });
  await desk.records.note(id, { state: 'given-up', crashes, note: why });
  await desk.messages.putBack(id);
  await notify({ waking, crashes, why }, desk);
}

/** What cannot be said on GitHub is in the log and in the status; nobody crashes over it again. */
async function notify({ waking, crashes, why }: Crash, desk: TeamDesk): Promise<void> {
  const { id, member, repositoryId } = waking;
  const place = (await desk.records.repositories()).find(({ repository }) => repository.id === repositoryId);
  if (place === undefined) {
    return;
  }
  const { repository, settings } = place;
  const letter = {
    key: `given-up:${id}`,
    repositoryId,
    sender: member,
    type: 'member_given_up',
    priority: 1,
  };
  await desk.messages.send([{ ...letter, recipient: 'project-manager', content: { member, crashes } }]);
  try {
    const number = await ensureBoard(repository, settings, desk);
    const note = desk.show(`given-up:${id}`, { kind: 'given-up', member, crashes, why });
    await desk.codeHost.ensure({ repository, number }, `team:${repositoryId}:${member}`, note);
  } catch (error) {
    if (!(error instanceof RefusedError)) {
      throw error;
    }
    desk.log.warn({ error, member }, 'nobody could be notified on GitHub');
  }
}
