import type { Actor } from '../domain/actor.ts';
import { approversOf, isTeam } from '../domain/approvers-of.ts';
import type { Run } from '../domain/run.ts';
import type { CodeHost } from '../ports/code-host.ts';

/** The team by which a person may release the security hold that the run has; null when there is none. Throws when it cannot be learnt. */
export async function findTeam(
  run: Run,
  actor: Actor,
  codeHost: Pick<CodeHost, 'isInTeam'>,
): Promise<string | null> {
  if (run.state !== 'held' || run.hold.kind !== 'security') {
    return null;
  }
  for (const team of approversOf(run).filter(isTeam)) {
    if (await codeHost.isInTeam(run.order.subject.repository, { team, actor })) {
      return team;
    }
  }
  return null;
}
