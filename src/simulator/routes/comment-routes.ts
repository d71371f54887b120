import { Hono } from 'hono';
import { z } from 'zod';
import { createComment, deleteComment, findComment, updateComment } from '../operations/comments.ts';
import { findIssue } from '../operations/find-issue.ts';
import { toComment } from '../serializers/to-comment.ts';
import { accepted } from '../server/accepted.ts';
import type { ApiEnvironment } from '../server/call.ts';
import { paginate } from '../server/paginate.ts';
import { readBody } from '../server/read-body.ts';
import { readRepository, writeRepository } from '../server/repository-of.ts';
import type { Comment } from '../state/comment.ts';
import type { World } from '../state/world.ts';
import { NEEDS } from './needs.ts';

const text = z.object({ body: z.string().min(1) });

/** Comments on issues and pull requests. */
export function commentRoutes(world: World): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();
  const ofIssue = '/repos/:owner/:repo/issues/:number{[0-9]+}/comments';
  const ofRepository = '/repos/:owner/:repo/issues/comments';
  routes.get(ofIssue, (call) => {
    const repository = readRepository(world, call, NEEDS.readIssues);
    const { number } = findIssue(repository, call.req.param('number'));
    const comments = [...repository.comments.values()].filter((comment) => comment.issueNumber === number);
    const page = paginate(world, call, comments.filter(isSince(call.req.query('since'))));
    return call.json(page.map((comment) => toComment(world, repository, comment)));
  });
  routes.post(ofIssue, accepted(world, 'issues/create-comment'), async (call) => {
    const act = { world, ...writeRepository(world, call, NEEDS.takePart) };
    const issue = findIssue(act.repository, call.req.param('number'));
    const comment = createComment(act, issue, (await readBody(call, text)).body);
    return call.json(toComment(world, act.repository, comment), 201);
  });
  routes.get(ofRepository, (call) => {
    const repository = readRepository(world, call, NEEDS.readIssues);
    const comments = [...repository.comments.values()].filter(isSince(call.req.query('since')));
    return call.json(paginate(world, call, comments).map((comment) => toComment(world, repository, comment)));
  });
  routes.get(`${ofRepository}/:id`, (call) => {
    const repository = readRepository(world, call, NEEDS.readIssues);
    return call.json(toComment(world, repository, findComment(repository, call.req.param('id'))));
  });
  routes.patch(`${ofRepository}/:id`, accepted(world, 'issues/update-comment'), async (call) => {
    const act = { world, ...writeRepository(world, call, NEEDS.takePart) };
    const comment = findComment(act.repository, call.req.param('id'));
    updateComment(act, comment, (await readBody(call, text)).body);
    return call.json(toComment(world, act.repository, comment));
  });
  routes.delete(`${ofRepository}/:id`, accepted(world, 'issues/delete-comment'), (call) => {
    const act = { world, ...writeRepository(world, call, NEEDS.takePart) };
    deleteComment(act, findComment(act.repository, call.req.param('id')));
    return call.body(null, 204);
  });
  return routes;
}

function isSince(since: string | undefined): (comment: Comment) => boolean {
  return (comment) => since === undefined || new Date(comment.updatedAt) >= new Date(since);
}
