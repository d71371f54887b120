import type { Actor } from '../domain/actor.ts';
import { PERMISSIONS, type Permission } from '../domain/permission.ts';
import type { Repository } from '../domain/subject.ts';
import type { ClientFor } from './octokit/repository-clients.ts';
import { statusOf } from './octokit/request-failure.ts';

const WITHIN_MS = 15_000;

/**
 * The live role of a person in a repository. `none` for whoever is not known there, goes by another numeric id, or has
 * a custom role. Throws when GitHub does not answer in time: nobody is let in because GitHub is down.
 */
export async function permissionOf(
  clientFor: ClientFor,
  repository: Repository,
  actor: Actor,
): Promise<Permission> {
  const { rest } = clientFor(repository, 'read', AbortSignal.timeout(WITHIN_MS));
  try {
    const { data } = await rest.repos.getCollaboratorPermissionLevel({
      owner: repository.owner,
      repo: repository.name,
      username: actor.login,
    });
    // A login can be given up and taken over by somebody else.
    return data.user?.id === actor.id ? toPermission(data) : 'none';
  } catch (error) {
    if (statusOf(error) === 404) {
      return 'none';
    }
    throw new Error(
      `GitHub did not tell which role ${actor.login} has in ${repository.owner}/${repository.name}. Try again later.`,
      { cause: error },
    );
  }
}

/** `permission` knows no triage and no maintain, so it is asked only on servers without `role_name`. */
function toPermission(data: { readonly role_name?: string; readonly permission: string }): Permission {
  const role = data.role_name ?? data.permission;
  return PERMISSIONS.find((permission) => permission === role) ?? 'none';
}
