import { Hono } from 'hono';
import { z } from 'zod';
import { createCheckRun, findCheckRun, updateCheckRun } from '../operations/check-runs.ts';
import { toAnnotation, toCheckRun } from '../serializers/to-check-run.ts';
import { accepted } from '../server/accepted.ts';
import type { ApiEnvironment, Call } from '../server/call.ts';
import { GitHubError } from '../server/github-error.ts';
import { paginate } from '../server/paginate.ts';
import { readBody } from '../server/read-body.ts';
import { readRepository, writeRepository } from '../server/repository-of.ts';
import type { World } from '../state/world.ts';
import { emitCheckRun } from '../webhooks/emit-check-run.ts';
import { changedCheckRun, newCheckRun, toCheckRunChange } from './check-run-body.ts';
import { NEEDS } from './needs.ts';

const pressed = z.object({ identifier: z.string() });

/** Check runs, which only an App can make. */
export function checkRunRoutes(world: World): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();
  const path = '/repos/:owner/:repo/check-runs';
  routes.post(path, accepted(world, 'checks/create'), async (call) => {
    const act = { world, ...writeAsApp(world, call) };
    const body = await readBody(call, newCheckRun);
    const at = { name: body.name, headSha: body.head_sha };
    const run = await createCheckRun(act, at, toCheckRunChange(body));
    return call.json(toCheckRun(world, act.repository, run), 201);
  });
  routes.get(`${path}/:id`, (call) => {
    const repository = readRepository(world, call, NEEDS.readChecks);
    return call.json(toCheckRun(world, repository, findCheckRun(repository, call.req.param('id'))));
  });
  routes.patch(`${path}/:id`, accepted(world, 'checks/update'), async (call) => {
    const act = { world, ...writeAsApp(world, call) };
    const run = findCheckRun(act.repository, call.req.param('id'));
    await updateCheckRun(act, run, toCheckRunChange(await readBody(call, changedCheckRun)));
    return call.json(toCheckRun(world, act.repository, run));
  });
  routes.get(`${path}/:id/annotations`, (call) => {
    const repository = readRepository(world, call, NEEDS.readChecks);
    const run = findCheckRun(repository, call.req.param('id'));
    const page = paginate(world, call, run.annotations);
    return call.json(
      page.map((annotation) => toAnnotation(world, repository, { annotation, sha: run.headSha })),
    );
  });
  routes.post(`${path}/:id/rerequest`, accepted(world, 'checks/rerequest-run'), (call) => {
    const act = { world, ...writeRepository(world, call, NEEDS.writeChecks) };
    emitCheckRun(act, findCheckRun(act.repository, call.req.param('id')), { action: 'rerequested' });
    return call.json({}, 201);
  });
  // The buttons of GitHub's own pages; they are no part of its public API.
  routes.post(`${path}/:id/requested_action`, accepted(world, 'checks/requested-action'), async (call) => {
    const act = { world, ...writeRepository(world, call, NEEDS.writeContents) };
    const run = findCheckRun(act.repository, call.req.param('id'));
    const { identifier } = await readBody(call, pressed);
    if (!run.actions.some((action) => action.identifier === identifier)) {
      throw new GitHubError(422, `The check run has no action "${identifier}".`);
    }
    emitCheckRun(act, run, { action: 'requested_action', identifier });
    return call.json({}, 202);
  });
  return routes;
}

function writeAsApp(world: World, call: Call) {
  if (call.get('actor').kind === 'user') {
    readRepository(world, call);
    throw new GitHubError(403, 'You must authenticate via a GitHub App.');
  }
  return writeRepository(world, call, NEEDS.writeChecks);
}
