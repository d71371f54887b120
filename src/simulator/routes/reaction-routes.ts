import { Hono } from 'hono';
import { z } from 'zod';
import { findComment } from '../operations/comments.ts';
import { findIssue } from '../operations/find-issue.ts';
import { toReaction } from '../serializers/to-reaction.ts';
import { accepted } from '../server/accepted.ts';
import type { ApiEnvironment } from '../server/call.ts';
import { GitHubError, notFound } from '../server/github-error.ts';
import { paginate } from '../server/paginate.ts';
import { readBody } from '../server/read-body.ts';
import { readRepository, writeRepository } from '../server/repository-of.ts';
import type { Account } from '../state/account.ts';
import { toNodeId } from '../state/node-id.ts';
import { REACTION_CONTENTS, type Reaction, type ReactionContent } from '../state/reaction.ts';
import type { Repository } from '../state/repository.ts';
import { timestamp } from '../state/timestamp.ts';
import type { World } from '../state/world.ts';
import { NEEDS } from './needs.ts';

const newReaction = z.object({ content: z.enum(REACTION_CONTENTS) });

type Subject = {
  readonly path: string;
  readonly operation: string;
  find(repository: Repository, id: string | undefined): Reaction[];
};

const SUBJECTS: readonly Subject[] = [
  {
    path: '/repos/:owner/:repo/issues/:id{[0-9]+}/reactions',
    operation: 'issue',
    find: (repository, id) => findIssue(repository, id).reactions,
  },
  {
    path: '/repos/:owner/:repo/issues/comments/:id/reactions',
    operation: 'issue-comment',
    find: (repository, id) => findComment(repository, id).reactions,
  },
];

/** Reactions to issues and comments. */
export function reactionRoutes(world: World): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();
  for (const subject of SUBJECTS) {
    routes.get(subject.path, (call) => {
      const content = call.req.query('content');
      const reactions = subject.find(readRepository(world, call), call.req.param('id'));
      const wanted = reactions.filter((reaction) => content === undefined || reaction.content === content);
      return call.json(paginate(world, call, wanted).map((reaction) => toReaction(world, reaction)));
    });
    routes.post(subject.path, accepted(world, `reactions/create-for-${subject.operation}`), async (call) => {
      const { repository, actor } = writeRepository(world, call, NEEDS.takePart);
      const reactions = subject.find(repository, call.req.param('id'));
      const { content } = await readBody(call, newReaction);
      const present = reactions.find((one) => one.content === content && one.user.id === actor.account.id);
      const reaction = present ?? addReaction(world, reactions, { content, user: actor.account });
      return call.json(toReaction(world, reaction), present ? 200 : 201);
    });
    const one = `${subject.path}/:reaction` as const;
    routes.delete(one, accepted(world, `reactions/delete-for-${subject.operation}`), (call) => {
      const { repository, actor } = writeRepository(world, call, NEEDS.takePart);
      const reactions = subject.find(repository, call.req.param('id'));
      const index = reactions.findIndex((reaction) => reaction.id === Number(call.req.param('reaction')));
      const found = reactions[index];
      if (!found) {
        throw notFound();
      }
      if (found.user.id !== actor.account.id) {
        throw new GitHubError(403, 'Must have admin rights to Repository.');
      }
      reactions.splice(index, 1);
      return call.body(null, 204);
    });
  }
  return routes;
}

function addReaction(
  world: World,
  to: Reaction[],
  given: { content: ReactionContent; user: Account },
): Reaction {
  const id = world.nextId();
  const reaction = { id, nodeId: toNodeId('REA', id), ...given, createdAt: timestamp() };
  to.push(reaction);
  return reaction;
}
