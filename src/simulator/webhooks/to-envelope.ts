import { toOrganization } from '../serializers/to-organization.ts';
import { toRepository } from '../serializers/to-repository.ts';
import { toSimpleUser } from '../serializers/to-simple-user.ts';
import type { Account } from '../state/account.ts';
import type { Repository } from '../state/repository.ts';
import type { World } from '../state/world.ts';
import { findInstallation } from './emit.ts';

/** What every payload carries: where, who, and for which installation. */
export function toEnvelope(world: World, repository: Repository, sender: Account) {
  const installation = findInstallation(world, repository);
  return {
    repository: toRepository(world, repository),
    sender: toSimpleUser(world, sender),
    ...(repository.owner.type === 'Organization'
      ? { organization: toOrganization(world, repository.owner) }
      : {}),
    ...(installation ? { installation: { id: installation.id, node_id: installation.nodeId } } : {}),
  };
}
