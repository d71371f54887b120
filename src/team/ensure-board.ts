import type { Repository } from '../domain/subject.ts';
import type { TeamSettings } from '../domain/team/team-settings.ts';
import type { TeamDesk } from './team-desk.ts';

/** The same for every team: a repository has one board. Hexadecimal, as all fingerprints are. */
const FINGERPRINT = 'ba70'.repeat(8);
const LABEL = 'baton: team';

/** The issue that a team reports in: the one that the settings name, or one of its own. */
export async function ensureBoard(
  repository: Repository,
  { notify }: Pick<TeamSettings, 'notify'>,
  { codeHost, board }: Pick<TeamDesk, 'codeHost' | 'board'>,
): Promise<number> {
  if (notify !== undefined) {
    return notify;
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
