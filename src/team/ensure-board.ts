import type { Repository } from '../domain/subject.ts';
import type { TeamSettings } from '../domain/team/team-settings.ts';
import type { TeamDesk } from './team-desk.ts';

/** The same for every team: a repository has one board. Hexadecimal, as all fingerprints are. */
const FINGERPRINT = 'ba70'.repeat(8);
const LABEL = 'baton: team';

/**
 * The issue that a team reports in: the one that the settings name, or one of its own, also when there is none of that
 * number. A slip in a number must not stop the members.
 */
export async function ensureBoard(
  repository: Repository,
  { notify }: Pick<TeamSettings, 'notify'>,
  { codeHost, board, sight, log }: Pick<TeamDesk, 'codeHost' | 'board' | 'sight' | 'log'>,
): Promise<number> {
  if (notify !== undefined) {
    if (await sight.hasIssue(repository, notify)) {
      return notify;
    }
    const place = `${repository.owner}/${repository.name}`;
    log.warn(
      { repository: place, notify },
      `team.notify of ${place} names issue #${notify}, which is not there; the team reports in one of its own`,
    );
  }
  const issue = await codeHost.ensureIssue(repository, {
    fingerprint: FINGERPRINT,
    runId: `team-${repository.id}`,
    ...board,
    labels: [LABEL],
    suggested: [],
  });
  return issue.number;
}
