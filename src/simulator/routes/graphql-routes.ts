import { Hono } from 'hono';
import { z } from 'zod';
import { toActorName } from '../auth/identify.ts';
import { requireWrite } from '../auth/require-access.ts';
import type { Act } from '../operations/act.ts';
import { GraphqlError, MUTATIONS } from '../operations/pull-mutations.ts';
import type { ApiEnvironment } from '../server/call.ts';
import { GitHubError } from '../server/github-error.ts';
import { readBody } from '../server/read-body.ts';
import type { Actor } from '../state/actor.ts';
import { isPull, type PullIssue } from '../state/issue.ts';
import type { World } from '../state/world.ts';
import { NEEDS } from './needs.ts';
import { readMutation } from './read-mutation.ts';

const request = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()).nullish() });

/** The GraphQL mutations on pull requests which REST does not offer. */
export function graphqlRoutes(world: World): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();
  routes.post('/graphql', async (call) => {
    const actor = call.get('actor');
    if (actor.kind === 'anonymous') {
      throw new GitHubError(401, 'This endpoint requires you to be authenticated.');
    }
    const { query, variables } = await readBody(call, request);
    try {
      const wanted = readMutation(query, variables ?? {});
      const { act, issue } = authorize(world, actor, wanted.input.pullRequestId);
      await MUTATIONS[wanted.name](act, issue, wanted.input);
      world.ledger.record({
        actor: toActorName(actor),
        method: 'POST',
        path: '/graphql',
        kind: `graphql/${wanted.name}`,
        body: wanted.input,
      });
      return call.json({
        data: { [wanted.alias]: { clientMutationId: null, pullRequest: toNode(world, act, issue) } },
      });
    } catch (error) {
      if (error instanceof GraphqlError) {
        return call.json({
          data: null,
          errors: [{ type: error.type, path: [], locations: [], message: error.message }],
        });
      }
      throw error;
    }
  });
  return routes;
}

function authorize(world: World, actor: Actor, nodeId: string): { act: Act; issue: PullIssue } {
  for (const repository of world.repositories.values()) {
    const issue = [...repository.issues.values()].filter(isPull).find((one) => one.pull.nodeId === nodeId);
    if (issue) {
      try {
        return {
          act: {
            world,
            repository,
            actor: requireWrite(world, repository, { actor, need: NEEDS.writePulls }),
          },
          issue,
        };
      } catch (error) {
        throw error instanceof GitHubError ? new GraphqlError('FORBIDDEN', error.message) : error;
      }
    }
  }
  throw new GraphqlError('NOT_FOUND', `Could not resolve to a node with the global id of '${nodeId}'`);
}

function toNode(world: World, act: Act, issue: PullIssue) {
  const { pull } = issue;
  return {
    id: pull.nodeId,
    number: issue.number,
    title: issue.title,
    isDraft: pull.draft,
    state: pull.merge ? 'MERGED' : issue.state.toUpperCase(),
    merged: pull.merge !== null,
    url: `${world.url}/${act.repository.fullName}/pull/${issue.number}`,
    autoMergeRequest: pull.autoMerge && {
      mergeMethod: pull.autoMerge.method.toUpperCase(),
      enabledBy: { login: pull.autoMerge.enabledBy.login },
    },
  };
}
