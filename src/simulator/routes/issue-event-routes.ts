import { Hono } from 'hono';
import { findIssue } from '../operations/find-issue.ts';
import { toComment } from '../serializers/to-comment.ts';
import { toIssue } from '../serializers/to-issue.ts';
import { toIssueEvent } from '../serializers/to-issue-event.ts';
import type { ApiEnvironment } from '../server/call.ts';
import { notFound } from '../server/github-error.ts';
import { paginate } from '../server/paginate.ts';
import { readRepository } from '../server/repository-of.ts';
import type { World } from '../state/world.ts';

/** What happened to issues. */
export function issueEventRoutes(world: World): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();
  routes.get('/repos/:owner/:repo/issues/events', (call) => {
    const repository = readRepository(world, call);
    const page = paginate(world, call, repository.issueEvents.toReversed());
    return call.json(page.map((event) => toIssueEvent(world, repository, event)));
  });
  routes.get('/repos/:owner/:repo/issues/events/:id', (call) => {
    const repository = readRepository(world, call);
    const event = repository.issueEvents.find((one) => one.id === Number(call.req.param('id')));
    const issue = event && repository.issues.get(event.issueNumber);
    if (!event || !issue) {
      throw notFound();
    }
    return call.json({ ...toIssueEvent(world, repository, event), issue: toIssue(world, repository, issue) });
  });
  routes.get('/repos/:owner/:repo/issues/:number{[0-9]+}/events', (call) => {
    const repository = readRepository(world, call);
    const { number } = findIssue(repository, call.req.param('number'));
    const page = paginate(
      world,
      call,
      repository.issueEvents.filter((event) => event.issueNumber === number),
    );
    return call.json(page.map((event) => toIssueEvent(world, repository, event)));
  });
  routes.get('/repos/:owner/:repo/issues/:number{[0-9]+}/timeline', (call) => {
    const repository = readRepository(world, call);
    const { number } = findIssue(repository, call.req.param('number'));
    const events = repository.issueEvents.filter((event) => event.issueNumber === number);
    const comments = [...repository.comments.values()].filter((comment) => comment.issueNumber === number);
    const entries = [
      ...events.map((event) => toIssueEvent(world, repository, event)),
      ...comments.map((comment) => {
        const shown = toComment(world, repository, comment);
        return { ...shown, event: 'commented', actor: shown.user };
      }),
    ].toSorted((a, b) => a.created_at.localeCompare(b.created_at) || a.id - b.id);
    return call.json(paginate(world, call, entries));
  });
  return routes;
}
