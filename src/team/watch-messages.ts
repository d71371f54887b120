import { findCircles } from '../domain/team/find-circles.ts';
import type { TeamDesk } from './team-desk.ts';

const HOUR_MS = 60 * 60_000;

/** Raises what nobody took for too long, and says where members wait for each other. */
export async function watchMessages({
  records,
  messages,
  log,
}: Pick<TeamDesk, 'records' | 'messages' | 'log'>): Promise<void> {
  const places = await records.repositories();
  for (const { repository, settings } of places) {
    const olderThanMs = settings.stallHours * HOUR_MS;
    const waits = await messages.stalled(repository.id, olderThanMs);
    for (const circle of findCircles(waits)) {
      log.warn(
        { repository: `${repository.owner}/${repository.name}`, circle },
        `members wait for each other: ${[...circle, circle[0]].join(' > ')}; what they wait for is raised`,
      );
    }
    await messages.raiseStalled(repository.id, olderThanMs);
  }
}
