import type { Actor } from '../domain/actor.ts';
import type { Repository } from '../domain/subject.ts';
import type { ClientFor } from './octokit/repository-clients.ts';
import { statusOf } from './octokit/request-failure.ts';

const WITHIN_MS = 15_000;

/**
 * Whether a person is in a team of the organization that owns the repository now; of another organization nobody is.
 * Whose login it is has to be known already. Throws when GitHub does not tell: nobody is let in because of that.
 */
export async function isInTeam(
  clientFor: ClientFor,
  repository: Repository,
  { team, actor }: { readonly team: string; readonly actor: Actor },
): Promise<boolean> {
  const [org = '', slug = ''] = team.split('/');
  if (org.toLowerCase() !== repository.owner.toLowerCase()) {
    return false;
  }
  try {
    const { rest } = clientFor(repository, 'members', AbortSignal.timeout(WITHIN_MS));
    const { data } = await rest.teams.getMembershipForUserInOrg({
      org,
      team_slug: slug,
      username: actor.login,
    });
    return data.state === 'active';
  } catch (error) {
    if (statusOf(error) === 404) {
      return false;
    }
    throw new Error(
      `GitHub did not tell whether ${actor.login} is in ${team}. The App needs the permission to read members of the organization; with it, try again.`,
      { cause: error },
    );
  }
}
