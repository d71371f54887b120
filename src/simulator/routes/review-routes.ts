import { Hono } from 'hono';
import { z } from 'zod';
import { findAssignees } from '../operations/create-issue.ts';
import { findPull } from '../operations/find-issue.ts';
import { noteIssueEvent } from '../operations/issue-event.ts';
import { createReview, createReviewComment, type NewReviewComment } from '../operations/reviews.ts';
import { toPullRequestSimple } from '../serializers/to-pull-request.ts';
import { toReview, toReviewComment } from '../serializers/to-review.ts';
import { accepted } from '../server/accepted.ts';
import type { ApiEnvironment } from '../server/call.ts';
import { notFound } from '../server/github-error.ts';
import { paginate } from '../server/paginate.ts';
import { readBody } from '../server/read-body.ts';
import { readRepository, writeRepository } from '../server/repository-of.ts';
import type { World } from '../state/world.ts';
import { emitPullRequest } from '../webhooks/emit-pull-request.ts';
import { NEEDS } from './needs.ts';

const STATES = { APPROVE: 'APPROVED', REQUEST_CHANGES: 'CHANGES_REQUESTED', COMMENT: 'COMMENTED' } as const;

const newComment = z.object({
  path: z.string(),
  body: z.string().min(1),
  line: z.int().positive().optional(),
  position: z.int().optional(),
  start_line: z.int().positive().nullish(),
  side: z.enum(['LEFT', 'RIGHT']).default('RIGHT'),
});
const newReview = z.object({
  body: z.string().default(''),
  event: z.enum(['APPROVE', 'REQUEST_CHANGES', 'COMMENT']).optional(),
  commit_id: z.string().optional(),
  comments: z.array(newComment).default([]),
});
const reply = z.object({ body: z.string().min(1) });
const reviewers = z.object({ reviewers: z.array(z.string()).default([]) });

const PATH = '/repos/:owner/:repo/pulls/:number{[0-9]+}';

/** Reviews and requests for them. */
export function reviewRoutes(world: World): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();
  routes.get(`${PATH}/reviews`, (call) => {
    const repository = readRepository(world, call);
    const issue = findPull(repository, call.req.param('number'));
    const reviews = [...repository.reviews.values()].filter((review) => review.pullNumber === issue.number);
    return call.json(
      paginate(world, call, reviews).map((review) => toReview(world, repository, { issue, review })),
    );
  });
  routes.post(`${PATH}/reviews`, accepted(world, 'pulls/create-review'), async (call) => {
    const act = { world, ...writeRepository(world, call, NEEDS.reviewPulls) };
    const issue = findPull(act.repository, call.req.param('number'));
    const body = await readBody(call, newReview);
    const review = await createReview(act, issue, {
      body: body.body,
      state: body.event ? STATES[body.event] : 'PENDING',
      commitSha: body.commit_id ?? null,
      comments: body.comments.map(toNewComment),
    });
    return call.json(toReview(world, act.repository, { issue, review }));
  });
  routes.get(`${PATH}/reviews/:id`, (call) => {
    const repository = readRepository(world, call);
    const issue = findPull(repository, call.req.param('number'));
    const review = repository.reviews.get(Number(call.req.param('id')));
    if (review?.pullNumber !== issue.number) {
      throw notFound();
    }
    return call.json(toReview(world, repository, { issue, review }));
  });
  routes.post(`${PATH}/requested_reviewers`, accepted(world, 'pulls/request-reviewers'), async (call) => {
    const act = { world, ...writeRepository(world, call, NEEDS.writePulls) };
    const issue = findPull(act.repository, call.req.param('number'));
    for (const reviewer of findAssignees(act, (await readBody(call, reviewers)).reviewers)) {
      if (!issue.pull.requestedReviewers.includes(reviewer)) {
        issue.pull.requestedReviewers.push(reviewer);
        noteIssueEvent(act, issue, { event: 'review_requested' });
        await emitPullRequest(act, issue, { action: 'review_requested', reviewer });
      }
    }
    return call.json(toPullRequestSimple(world, act.repository, issue), 201);
  });
  return routes.route('/', reviewCommentRoutes(world));
}

function reviewCommentRoutes(world: World): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();
  routes.get(`${PATH}/comments`, (call) => {
    const repository = readRepository(world, call);
    const issue = findPull(repository, call.req.param('number'));
    const comments = [...repository.reviewComments.values()].filter((one) => one.pullNumber === issue.number);
    const page = paginate(world, call, comments);
    return call.json(page.map((comment) => toReviewComment(world, repository, { issue, comment })));
  });
  routes.post(`${PATH}/comments`, accepted(world, 'pulls/create-review-comment'), async (call) => {
    const act = { world, ...writeRepository(world, call, NEEDS.reviewPulls) };
    const issue = findPull(act.repository, call.req.param('number'));
    const comment = await createReviewComment(act, issue, toNewComment(await readBody(call, newComment)));
    return call.json(toReviewComment(world, act.repository, { issue, comment }), 201);
  });
  routes.post(`${PATH}/comments/:id/replies`, accepted(world, 'pulls/create-reply'), async (call) => {
    const act = { world, ...writeRepository(world, call, NEEDS.reviewPulls) };
    const issue = findPull(act.repository, call.req.param('number'));
    const parent = act.repository.reviewComments.get(Number(call.req.param('id')));
    if (parent?.pullNumber !== issue.number) {
      throw notFound();
    }
    const { path, line, startLine, side, id } = parent;
    const { body } = await readBody(call, reply);
    const comment = await createReviewComment(act, issue, {
      path,
      line,
      startLine,
      side,
      body,
      inReplyTo: id,
    });
    return call.json(toReviewComment(world, act.repository, { issue, comment }), 201);
  });
  return routes;
}

function toNewComment(body: z.output<typeof newComment>): NewReviewComment {
  return {
    path: body.path,
    body: body.body,
    line: body.line ?? body.position ?? null,
    startLine: body.start_line ?? null,
    side: body.side,
    inReplyTo: null,
  };
}
