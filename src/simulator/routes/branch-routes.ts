import { Hono } from 'hono';
import { z } from 'zod';
import { readRefs, resolveRef } from '../git/refs.ts';
import { toBranch, toProtection, toShortBranch } from '../serializers/to-branch.ts';
import { accepted } from '../server/accepted.ts';
import type { ApiEnvironment, Call } from '../server/call.ts';
import { GitHubError } from '../server/github-error.ts';
import { paginate } from '../server/paginate.ts';
import { readBody } from '../server/read-body.ts';
import { readRepository, writeRepository } from '../server/repository-of.ts';
import type { BranchProtection } from '../state/branch-protection.ts';
import type { Repository } from '../state/repository.ts';
import type { World } from '../state/world.ts';
import { NEEDS } from './needs.ts';

const requiredChecks = z.object({
  strict: z.boolean().default(false),
  contexts: z.array(z.string()).default([]),
  checks: z.array(z.object({ context: z.string() })).default([]),
});
const protection = z.object({
  required_status_checks: requiredChecks.nullable(),
  enforce_admins: z.boolean().nullable(),
  required_pull_request_reviews: z
    .object({ required_approving_review_count: z.int().min(0).max(6).default(1) })
    .nullable(),
  restrictions: z.unknown(),
  allow_force_pushes: z.boolean().nullish(),
  allow_deletions: z.boolean().nullish(),
});

const HEADS = 'refs/heads/';

/** Branches and their protection. */
export function branchRoutes(world: World): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();
  const one = '/repos/:owner/:repo/branches/:branch{.+}';
  routes.get('/repos/:owner/:repo/branches', async (call) => {
    const repository = readRepository(world, call, NEEDS.readContents);
    const refs = [...(await readRefs(repository.git))].filter(([ref]) => ref.startsWith(HEADS));
    const page = paginate(world, call, refs);
    return call.json(
      page.map(([ref, sha]) => toShortBranch(world, repository, { name: ref.slice(HEADS.length), sha })),
    );
  });
  routes.get(`${one}/protection`, async (call) => {
    const { repository } = writeRepository(world, call, NEEDS.administer);
    const name = await requireBranch(repository, call);
    const rules = repository.protection.get(name.name);
    if (!rules) {
      throw new GitHubError(404, 'Branch not protected');
    }
    return call.json(toProtection(world, repository, { name: name.name, rules }));
  });
  routes.put(`${one}/protection`, accepted(world, 'repos/update-branch-protection'), async (call) => {
    const { repository } = writeRepository(world, call, NEEDS.administer);
    const { name } = await requireBranch(repository, call);
    const rules = toRules(await readBody(call, protection));
    repository.protection.set(name, rules);
    return call.json(toProtection(world, repository, { name, rules }));
  });
  routes.delete(`${one}/protection`, accepted(world, 'repos/delete-branch-protection'), async (call) => {
    const { repository } = writeRepository(world, call, NEEDS.administer);
    const { name } = await requireBranch(repository, call);
    if (!repository.protection.delete(name)) {
      throw new GitHubError(404, 'Branch not protected');
    }
    return call.body(null, 204);
  });
  routes.get(one, async (call) => {
    const repository = readRepository(world, call, NEEDS.readContents);
    return call.json(await toBranch(world, repository, await requireBranch(repository, call)));
  });
  // The simulator has no rulesets, so no rule ever applies.
  routes.get('/repos/:owner/:repo/rules/branches/:branch{.+}', (call) => {
    readRepository(world, call, NEEDS.readContents);
    return call.json([]);
  });
  return routes;
}

async function requireBranch(repository: Repository, call: Call): Promise<{ name: string; sha: string }> {
  const name = call.req.param('branch') ?? '';
  const found = await resolveRef(repository.git, `${HEADS}${name}`);
  if (!found) {
    throw new GitHubError(404, 'Branch not found');
  }
  return { name, sha: found.sha };
}

function toRules(body: z.output<typeof protection>): BranchProtection {
  const checks = body.required_status_checks;
  return {
    requiredChecks: checks && {
      strict: checks.strict,
      contexts: [...new Set([...checks.contexts, ...checks.checks.map((check) => check.context)])],
    },
    requiredApprovals: body.required_pull_request_reviews?.required_approving_review_count ?? null,
    enforceAdmins: body.enforce_admins ?? false,
    allowForcePushes: body.allow_force_pushes ?? false,
    allowDeletions: body.allow_deletions ?? false,
  };
}
