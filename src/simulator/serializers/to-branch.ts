import { readCommit } from '../git/commit.ts';
import type { BranchProtection } from '../state/branch-protection.ts';
import type { Repository } from '../state/repository.ts';
import type { World } from '../state/world.ts';
import type { Rest } from './schemas.ts';
import { toCommit } from './to-commit.ts';
import { toRepositoryUrl } from './to-repository.ts';

/** A branch in a list. */
export function toShortBranch(
  world: World,
  repository: Repository,
  branch: { name: string; sha: string },
): Rest['short-branch'] {
  return {
    name: branch.name,
    commit: { sha: branch.sha, url: `${toRepositoryUrl(world, repository)}/commits/${branch.sha}` },
    protected: repository.protection.has(branch.name),
  };
}

/** A branch with its tip and its protection. */
export async function toBranch(
  world: World,
  repository: Repository,
  branch: { name: string; sha: string },
): Promise<Rest['branch-with-protection']> {
  const commit = await readCommit(repository.git, branch.sha);
  if (!commit) {
    throw new Error(`The tip ${branch.sha} of ${branch.name} is missing from ${repository.fullName}.`);
  }
  const url = `${toRepositoryUrl(world, repository)}/branches/${branch.name}`;
  const rules = repository.protection.get(branch.name);
  return {
    name: branch.name,
    commit: toCommit(world, repository, commit),
    _links: { self: url, html: `${world.url}/${repository.fullName}/tree/${branch.name}` },
    protected: rules !== undefined,
    protection: rules ? toProtection(world, repository, { name: branch.name, rules }) : { enabled: false },
    protection_url: `${url}/protection`,
  };
}

/** The rules of a protected branch. */
export function toProtection(
  world: World,
  repository: Repository,
  branch: { name: string; rules: BranchProtection },
): Rest['branch-protection'] {
  const { name, rules } = branch;
  const url = `${toRepositoryUrl(world, repository)}/branches/${name}/protection`;
  return {
    url,
    enabled: true,
    enforce_admins: { url: `${url}/enforce_admins`, enabled: rules.enforceAdmins },
    allow_force_pushes: { enabled: rules.allowForcePushes },
    allow_deletions: { enabled: rules.allowDeletions },
    ...(rules.requiredChecks
      ? {
          required_status_checks: {
            url: `${url}/required_status_checks`,
            strict: rules.requiredChecks.strict,
            contexts: [...rules.requiredChecks.contexts],
            contexts_url: `${url}/required_status_checks/contexts`,
            checks: rules.requiredChecks.contexts.map((context) => ({ context, app_id: null })),
          },
        }
      : {}),
    ...(rules.requiredApprovals === null
      ? {}
      : {
          required_pull_request_reviews: {
            url: `${url}/required_pull_request_reviews`,
            dismiss_stale_reviews: false,
            require_code_owner_reviews: false,
            required_approving_review_count: rules.requiredApprovals,
          },
        }),
  };
}
