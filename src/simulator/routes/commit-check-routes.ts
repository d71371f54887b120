import { Hono } from 'hono';
import { z } from 'zod';
import { resolveCommit } from '../git/refs.ts';
import { ensureCheckSuite } from '../operations/check-suites.ts';
import { toCheckRun } from '../serializers/to-check-run.ts';
import { toCheckSuite } from '../serializers/to-check-suite.ts';
import { accepted } from '../server/accepted.ts';
import type { ApiEnvironment } from '../server/call.ts';
import { GitHubError, notFound } from '../server/github-error.ts';
import { paginate } from '../server/paginate.ts';
import { readBody } from '../server/read-body.ts';
import { readRepository, writeRepository } from '../server/repository-of.ts';
import type { CheckRun, CheckSuite } from '../state/check-run.ts';
import type { Repository } from '../state/repository.ts';
import type { World } from '../state/world.ts';
import { emitCheckSuite } from '../webhooks/emit-check-suite.ts';
import { NEEDS } from './needs.ts';

const newSuite = z.object({ head_sha: z.string() });

/** Check runs and suites of a commit. */
export function commitCheckRoutes(world: World): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();
  routes.get('/repos/:owner/:repo/commits/:ref{.+}/check-runs', async (call) => {
    const repository = readRepository(world, call, NEEDS.readChecks);
    const sha = await requireCommit(repository, call.req.param('ref'));
    const runs = filterRuns(repository, (name) => call.req.query(name)).filter((run) => run.headSha === sha);
    const page = paginate(world, call, ofApp(world, call.req.query('app_id'), runs));
    return call.json({
      total_count: runs.length,
      check_runs: page.map((run) => toCheckRun(world, repository, run)),
    });
  });
  routes.get('/repos/:owner/:repo/commits/:ref{.+}/check-suites', async (call) => {
    const repository = readRepository(world, call, NEEDS.readChecks);
    const sha = await requireCommit(repository, call.req.param('ref'));
    const suites = [...repository.checkSuites.values()].filter((suite) => suite.headSha === sha);
    const page = paginate(world, call, ofApp(world, call.req.query('app_id'), suites));
    const shown = await Promise.all(page.map((suite) => toCheckSuite(world, repository, suite)));
    return call.json({ total_count: suites.length, check_suites: shown });
  });
  return routes;
}

/** Check suites by id. */
export function checkSuiteRoutes(world: World): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();
  const path = '/repos/:owner/:repo/check-suites';
  routes.post(path, accepted(world, 'checks/create-suite'), async (call) => {
    const { repository } = writeRepository(world, call, NEEDS.writeChecks);
    const { head_sha: headSha } = await readBody(call, newSuite);
    if (!(await repository.git.objects.read(`${headSha}^{commit}`))) {
      throw new GitHubError(422, `No commit found for SHA: ${headSha}`);
    }
    const suite = ensureCheckSuite(world, repository, { headSha, headBranch: null, before: null });
    return call.json(await toCheckSuite(world, repository, suite), 201);
  });
  routes.get(`${path}/:id`, async (call) => {
    const repository = readRepository(world, call, NEEDS.readChecks);
    return call.json(await toCheckSuite(world, repository, findSuite(repository, call.req.param('id'))));
  });
  routes.get(`${path}/:id/check-runs`, (call) => {
    const repository = readRepository(world, call, NEEDS.readChecks);
    const suite = findSuite(repository, call.req.param('id'));
    const runs = filterRuns(repository, (name) => call.req.query(name)).filter(
      (run) => run.suiteId === suite.id,
    );
    const page = paginate(world, call, runs);
    return call.json({
      total_count: runs.length,
      check_runs: page.map((run) => toCheckRun(world, repository, run)),
    });
  });
  routes.post(`${path}/:id/rerequest`, accepted(world, 'checks/rerequest-suite'), async (call) => {
    const act = { world, ...writeRepository(world, call, NEEDS.writeChecks) };
    await emitCheckSuite(act, findSuite(act.repository, call.req.param('id')), 'rerequested');
    return call.json({}, 201);
  });
  return routes;
}

/** @throws GitHubError 422 when nothing in the repository has that name. */
export async function requireCommit(repository: Repository, name: string): Promise<string> {
  const sha = await resolveCommit(repository.git, name);
  if (!sha) {
    throw new GitHubError(422, `No commit found for SHA: ${name}`);
  }
  return sha;
}

function findSuite(repository: Repository, id: string): CheckSuite {
  const suite = repository.checkSuites.get(Number(id));
  if (!suite) {
    throw notFound();
  }
  return suite;
}

function ofApp<Item>(world: World, appId: string | undefined, items: readonly Item[]): readonly Item[] {
  return appId === undefined || Number(appId) === world.app.id ? items : [];
}

// By default GitHub shows, of runs with the same name, only the latest.
function filterRuns(repository: Repository, query: (name: string) => string | undefined): CheckRun[] {
  const name = query('check_name');
  const status = query('status');
  const matching = [...repository.checkRuns.values()].filter(
    (run) => (name === undefined || run.name === name) && (status === undefined || run.status === status),
  );
  if (query('filter') === 'all') {
    return matching;
  }
  const latest = new Map(matching.map((run) => [`${run.suiteId}/${run.name}`, run]));
  return [...latest.values()];
}
