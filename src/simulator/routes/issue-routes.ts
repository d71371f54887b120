import { Hono } from 'hono';
import { z } from 'zod';
import { mayWrite } from '../auth/require-access.ts';
import { createIssue } from '../operations/create-issue.ts';
import { findIssue } from '../operations/find-issue.ts';
import { noteIssueEvent } from '../operations/issue-event.ts';
import { addAssignees, removeAssignee, updateIssue } from '../operations/update-issue.ts';
import { toFullIssue, toIssue } from '../serializers/to-issue.ts';
import { accepted } from '../server/accepted.ts';
import type { ApiEnvironment } from '../server/call.ts';
import { GitHubError } from '../server/github-error.ts';
import { paginate } from '../server/paginate.ts';
import { readBody } from '../server/read-body.ts';
import { readRepository, writeRepository } from '../server/repository-of.ts';
import type { World } from '../state/world.ts';
import { emitIssueChange } from '../webhooks/emit-issues.ts';
import { listIssues } from './list-issues.ts';
import { NEEDS } from './needs.ts';

const labels = z.array(
  z.union([z.string(), z.object({ name: z.string() }).transform((label) => label.name)]),
);
const assignees = z.array(z.string()).max(10);
const newIssue = z.object({
  title: z.union([z.string(), z.number().transform(String)]),
  body: z.string().nullish(),
  labels: labels.optional(),
  assignees: assignees.optional(),
});
const changedIssue = z.object({
  title: z.string().optional(),
  body: z.string().nullish(),
  state: z.enum(['open', 'closed']).optional(),
  state_reason: z.enum(['completed', 'reopened', 'not_planned', 'duplicate']).nullish(),
  labels: labels.optional(),
  assignees: assignees.optional(),
});
const lock = z.object({ lock_reason: z.enum(['resolved', 'off-topic', 'too heated', 'spam']).nullish() });
const assigneeList = z.object({ assignees });

/** Issues: open, read, change, close. */
export function issueRoutes(world: World): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();
  routes.get('/repos/:owner/:repo/issues', (call) => {
    const repository = readRepository(world, call, NEEDS.readIssues);
    const page = paginate(
      world,
      call,
      listIssues(repository, (name) => call.req.query(name)),
    );
    return call.json(page.map((issue) => toIssue(world, repository, issue)));
  });
  routes.post('/repos/:owner/:repo/issues', accepted(world, 'issues/create'), async (call) => {
    const act = { world, ...writeRepository(world, call, NEEDS.openIssue) };
    const body = await readBody(call, newIssue);
    const issue = await createIssue(act, {
      title: body.title,
      body: body.body ?? null,
      labels: body.labels ?? [],
      assignees: body.assignees ?? [],
    });
    return call.json(toFullIssue(world, act.repository, issue), 201);
  });
  routes.get('/repos/:owner/:repo/issues/:number{[0-9]+}', (call) => {
    const repository = readRepository(world, call, NEEDS.readIssues);
    return call.json(toFullIssue(world, repository, findIssue(repository, call.req.param('number'))));
  });
  routes.patch(
    '/repos/:owner/:repo/issues/:number{[0-9]+}',
    accepted(world, 'issues/update'),
    async (call) => {
      const act = { world, ...writeRepository(world, call, NEEDS.takePart) };
      const issue = findIssue(act.repository, call.req.param('number'));
      const own = issue.user.id === act.actor.account.id;
      if (!own && !mayWrite(world, act.repository, { actor: act.actor, need: NEEDS.triage })) {
        throw new GitHubError(403, 'Must have admin rights to Repository.');
      }
      const { state_reason: stateReason, ...update } = await readBody(call, changedIssue);
      await updateIssue(act, issue, { ...update, stateReason });
      return call.json(toFullIssue(world, act.repository, issue));
    },
  );
  return routes;
}

/** Locks and assignees of issues. */
export function issueModerationRoutes(world: World): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();
  const path = '/repos/:owner/:repo/issues/:number';
  routes.put(`${path}/lock`, accepted(world, 'issues/lock'), async (call) => {
    const act = { world, ...writeRepository(world, call, NEEDS.editLabels) };
    const issue = findIssue(act.repository, call.req.param('number'));
    issue.lock = { reason: (await readBody(call, lock)).lock_reason ?? null };
    noteIssueEvent(act, issue, { event: 'locked' });
    await emitIssueChange(act, issue, { action: 'locked' });
    return call.body(null, 204);
  });
  routes.delete(`${path}/lock`, accepted(world, 'issues/unlock'), async (call) => {
    const act = { world, ...writeRepository(world, call, NEEDS.editLabels) };
    const issue = findIssue(act.repository, call.req.param('number'));
    issue.lock = null;
    noteIssueEvent(act, issue, { event: 'unlocked' });
    await emitIssueChange(act, issue, { action: 'unlocked' });
    return call.body(null, 204);
  });
  routes.post(`${path}/assignees`, accepted(world, 'issues/add-assignees'), async (call) => {
    const act = { world, ...writeRepository(world, call, NEEDS.triage) };
    const issue = findIssue(act.repository, call.req.param('number'));
    await addAssignees(act, issue, (await readBody(call, assigneeList)).assignees);
    return call.json(toFullIssue(world, act.repository, issue), 201);
  });
  routes.delete(`${path}/assignees`, accepted(world, 'issues/remove-assignees'), async (call) => {
    const act = { world, ...writeRepository(world, call, NEEDS.triage) };
    const issue = findIssue(act.repository, call.req.param('number'));
    const leaving = new Set(
      (await readBody(call, assigneeList)).assignees.map((login) => login.toLowerCase()),
    );
    for (const assignee of issue.assignees.filter((one) => leaving.has(one.login.toLowerCase()))) {
      await removeAssignee(act, issue, assignee);
    }
    return call.json(toFullIssue(world, act.repository, issue));
  });
  return routes;
}
