import { Hono } from 'hono';
import { z } from 'zod';
import { findIssue } from '../operations/find-issue.ts';
import {
  addLabels,
  createLabel,
  removeLabel,
  replaceLabels,
  requireLabelText,
} from '../operations/labels.ts';
import { toLabel } from '../serializers/to-label.ts';
import { accepted } from '../server/accepted.ts';
import type { ApiEnvironment } from '../server/call.ts';
import { GitHubError, invalid, notFound } from '../server/github-error.ts';
import { paginate } from '../server/paginate.ts';
import { readBody } from '../server/read-body.ts';
import { readRepository, writeRepository } from '../server/repository-of.ts';
import type { Label } from '../state/label.ts';
import type { Repository } from '../state/repository.ts';
import type { World } from '../state/world.ts';
import { NEEDS } from './needs.ts';

const newLabel = z.object({
  name: z.string(),
  color: z.string().optional(),
  description: z.string().nullish(),
});
const changedLabel = z.object({
  new_name: z.string().optional(),
  color: z.string().optional(),
  description: z.string().nullish(),
});
const named = z.union([z.string(), z.object({ name: z.string() }).transform((label) => label.name)]);
const labelNames = z.union([
  z.object({ labels: z.array(named) }).transform((body) => body.labels),
  z.array(named),
]);

/** Labels of a repository. */
export function repositoryLabelRoutes(world: World): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();
  routes.get('/repos/:owner/:repo/labels', (call) => {
    const repository = readRepository(world, call);
    const page = paginate(world, call, [...repository.labels.values()]);
    return call.json(page.map((label) => toLabel(world, repository, label)));
  });
  routes.post('/repos/:owner/:repo/labels', accepted(world, 'issues/create-label'), async (call) => {
    const { repository, actor } = writeRepository(world, call, NEEDS.editLabels);
    const label = createLabel({ world, repository, actor }, await readBody(call, newLabel));
    return call.json(toLabel(world, repository, label), 201);
  });
  routes.get('/repos/:owner/:repo/labels/:name', (call) => {
    const repository = readRepository(world, call);
    return call.json(toLabel(world, repository, findLabel(repository, call.req.param('name'))));
  });
  routes.patch('/repos/:owner/:repo/labels/:name', accepted(world, 'issues/update-label'), async (call) => {
    const { repository } = writeRepository(world, call, NEEDS.editLabels);
    const label = findLabel(repository, call.req.param('name'));
    const body = await readBody(call, changedLabel);
    renameLabel(repository, label, body.new_name ?? label.name);
    requireLabelText({ color: body.color, description: body.description });
    label.color = body.color ?? label.color;
    label.description = body.description === undefined ? label.description : body.description;
    return call.json(toLabel(world, repository, label));
  });
  routes.delete('/repos/:owner/:repo/labels/:name', accepted(world, 'issues/delete-label'), (call) => {
    const { repository } = writeRepository(world, call, NEEDS.editLabels);
    const label = findLabel(repository, call.req.param('name'));
    repository.labels.delete(label.name.toLowerCase());
    for (const issue of repository.issues.values()) {
      issue.labels.splice(0, issue.labels.length, ...issue.labels.filter((one) => one !== label));
    }
    return call.body(null, 204);
  });
  return routes;
}

/** Labels of an issue or pull request. */
export function issueLabelRoutes(world: World): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();
  const path = '/repos/:owner/:repo/issues/:number/labels';
  routes.get(path, (call) => {
    const repository = readRepository(world, call);
    const labels = paginate(world, call, findIssue(repository, call.req.param('number')).labels);
    return call.json(labels.map((label) => toLabel(world, repository, label)));
  });
  routes.post(path, accepted(world, 'issues/add-labels'), async (call) => {
    const act = { world, ...writeRepository(world, call, NEEDS.triage) };
    const issue = findIssue(act.repository, call.req.param('number'));
    await addLabels(act, issue, await readBody(call, labelNames));
    return call.json(issue.labels.map((label) => toLabel(world, act.repository, label)));
  });
  routes.put(path, accepted(world, 'issues/set-labels'), async (call) => {
    const act = { world, ...writeRepository(world, call, NEEDS.triage) };
    const issue = findIssue(act.repository, call.req.param('number'));
    await replaceLabels(act, issue, await readBody(call, labelNames));
    return call.json(issue.labels.map((label) => toLabel(world, act.repository, label)));
  });
  routes.delete(path, accepted(world, 'issues/remove-all-labels'), async (call) => {
    const act = { world, ...writeRepository(world, call, NEEDS.triage) };
    await replaceLabels(act, findIssue(act.repository, call.req.param('number')), []);
    return call.body(null, 204);
  });
  routes.delete(`${path}/:name`, accepted(world, 'issues/remove-label'), async (call) => {
    const act = { world, ...writeRepository(world, call, NEEDS.triage) };
    const issue = findIssue(act.repository, call.req.param('number'));
    const name = call.req.param('name').toLowerCase();
    const label = issue.labels.find((one) => one.name.toLowerCase() === name);
    if (!label) {
      throw new GitHubError(404, 'Label does not exist');
    }
    await removeLabel(act, issue, label);
    return call.json(issue.labels.map((one) => toLabel(world, act.repository, one)));
  });
  return routes;
}

function findLabel(repository: Repository, name: string): Label {
  const label = repository.labels.get(name.toLowerCase());
  if (!label) {
    throw notFound();
  }
  return label;
}

function renameLabel(repository: Repository, label: Label, name: string): void {
  requireLabelText({ name });
  const holder = repository.labels.get(name.toLowerCase());
  if (holder && holder !== label) {
    throw invalid('Label', 'name', { code: 'already_exists' });
  }
  repository.labels.delete(label.name.toLowerCase());
  label.name = name;
  repository.labels.set(name.toLowerCase(), label);
}
