import type { Account } from '../state/account.ts';
import type { Repository } from '../state/repository.ts';
import { includesRole, type Role } from '../state/role.ts';
import type { World } from '../state/world.ts';

/** What an account may do in a repository: the strongest of ownership, membership, explicit role and publicity. */
export function roleOf(world: World, repository: Repository, account: Account): Role {
  const key = account.login.toLowerCase();
  const organization = world.organizations.get(repository.owner.login.toLowerCase());
  const membership = organization?.members.get(key);
  if (account.id === repository.owner.id || membership === 'admin') {
    return 'admin';
  }
  const roles: Role[] = [repository.private ? 'none' : 'read', repository.roles.get(key) ?? 'none'];
  if (organization && membership === 'member') {
    roles.push(organization.baseRole);
  }
  return roles.reduce((best, role) => (includesRole(role, best) ? role : best));
}

/** The older, coarser name GitHub's API calls `permission`. */
export function toLegacyPermission(role: Role): 'admin' | 'write' | 'read' | 'none' {
  const legacy = {
    none: 'none',
    read: 'read',
    triage: 'read',
    write: 'write',
    maintain: 'write',
    admin: 'admin',
  } as const;
  return legacy[role];
}

/** How the author of a pull request relates to its repository: GitHub tells those who come for the first time apart. */
export function toPullAssociation(world: World, repository: Repository, account: Account) {
  const association = toAuthorAssociation(world, repository, account);
  return association === 'NONE' && account.type === 'User' ? 'FIRST_TIME_CONTRIBUTOR' : association;
}

/** How an author relates to a repository; no statement about rights. */
export function toAuthorAssociation(
  world: World,
  repository: Repository,
  account: Account,
): 'OWNER' | 'MEMBER' | 'COLLABORATOR' | 'CONTRIBUTOR' | 'NONE' {
  const key = account.login.toLowerCase();
  if (account.id === repository.owner.id) {
    return 'OWNER';
  }
  if (world.organizations.get(repository.owner.login.toLowerCase())?.members.has(key)) {
    return 'MEMBER';
  }
  if (repository.roles.has(key)) {
    return 'COLLABORATOR';
  }
  const contributed = [...repository.issues.values()].some(
    (issue) => issue.pull?.merge && issue.user.id === account.id,
  );
  return contributed ? 'CONTRIBUTOR' : 'NONE';
}
