import { roleOf } from '../auth/role-of.ts';
import type { Actor } from '../state/actor.ts';
import { findSource, listForks, listNetwork } from '../state/fork-network.ts';
import type { Repository } from '../state/repository.ts';
import { includesRole, type Role } from '../state/role.ts';
import type { World } from '../state/world.ts';
import { toRepositoryUrls } from './repository-urls.ts';
import type { Rest, Webhooks } from './schemas.ts';
import { toSimpleUser } from './to-simple-user.ts';

/** API address of a repository. */
export function toRepositoryUrl(world: World, repository: Repository): string {
  return `${world.url}/repos/${repository.fullName}`;
}

/** A repository, as in answers and in payloads. */
export function toRepository(world: World, repository: Repository) {
  const forks = listForks(world, repository).length;
  const open = [...repository.issues.values()].filter((issue) => issue.state === 'open').length;
  const url = toRepositoryUrl(world, repository);
  const htmlUrl = `${world.url}/${repository.fullName}`;
  return {
    id: repository.id,
    node_id: repository.nodeId,
    name: repository.name,
    full_name: repository.fullName,
    private: repository.private,
    owner: toSimpleUser(world, repository.owner),
    html_url: htmlUrl,
    description: repository.description,
    fork: repository.parent !== null,
    url,
    ...toRepositoryUrls(url),
    git_url: `git:${htmlUrl.replace(/^https?:/, '')}.git`,
    ssh_url: `git@127.0.0.1:${repository.fullName}.git`,
    clone_url: `${htmlUrl}.git`,
    svn_url: htmlUrl,
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    topics: [],
    size: 1,
    stargazers_count: 0,
    watchers_count: 0,
    watchers: 0,
    forks_count: forks,
    forks,
    open_issues_count: open,
    open_issues: open,
    default_branch: repository.defaultBranch,
    is_template: false,
    has_issues: true,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_downloads: false,
    has_discussions: false,
    archived: repository.archived,
    disabled: false,
    visibility: repository.private ? ('private' as const) : ('public' as const),
    allow_forking: true,
    web_commit_signoff_required: false,
    created_at: repository.createdAt,
    updated_at: repository.updatedAt,
    pushed_at: repository.pushedAt,
  } satisfies Rest['repository'] & Rest['minimal-repository'] & Webhooks['repository-webhooks'];
}

/** A repository as `GET /repos/{owner}/{repo}` shows it, with what the asker may do. */
export function toFullRepository(
  world: World,
  repository: Repository,
  actor: Actor,
): Rest['full-repository'] {
  return {
    ...toRepository(world, repository),
    network_count: listNetwork(world, repository).length - 1,
    subscribers_count: 0,
    allow_squash_merge: true,
    allow_merge_commit: true,
    allow_rebase_merge: true,
    allow_auto_merge: repository.allowAutoMerge,
    delete_branch_on_merge: false,
    ...(repository.parent
      ? {
          parent: toRepository(world, repository.parent),
          source: toRepository(world, findSource(repository)),
        }
      : {}),
    ...(repository.owner.type === 'Organization'
      ? { organization: toSimpleUser(world, repository.owner) }
      : {}),
    ...(actor.kind === 'user'
      ? { permissions: toRolePermissions(roleOf(world, repository, actor.account)) }
      : {}),
    ...(actor.kind === 'installation' ? { permissions: toRolePermissions('none') } : {}),
  };
}

/** A role in GitHub's older form of five booleans. */
export function toRolePermissions(role: Role) {
  return {
    admin: includesRole(role, 'admin'),
    maintain: includesRole(role, 'maintain'),
    push: includesRole(role, 'write'),
    triage: includesRole(role, 'triage'),
    pull: includesRole(role, 'read'),
  };
}
