import { expect } from 'vitest';
import { PRIVATE, REPO } from '../support/open-playground.ts';
import type { ConformanceCall } from './conformance-call.ts';

/** Pull requests, GraphQL and what is left. */
export const PULL_CALLS: readonly ConformanceCall[] = [
  {
    name: 'pulls.create',
    status: 201,
    expected: { number: 3, draft: true, state: 'open', mergeable_state: 'draft' },
    call: async ({ installation }, kept) => {
      const answer = await installation.rest.pulls.create({
        ...REPO,
        title: 'PR',
        head: 'acme:agent/1',
        base: 'main',
        body: 'Closes #1',
        draft: true,
      });
      kept.set('pull', answer.data.node_id);
      return answer;
    },
  },
  {
    name: 'pulls.list by head',
    status: 200,
    expected: [{ number: 3 }],
    call: ({ installation }) => installation.rest.pulls.list({ ...REPO, head: 'acme:agent/1', state: 'all' }),
  },
  {
    name: 'pulls.list by another head',
    status: 200,
    expected: [],
    call: ({ installation }) => installation.rest.pulls.list({ ...REPO, head: 'acme:other' }),
  },
  {
    name: 'pulls.listFiles',
    status: 200,
    expected: [{ filename: 'b.txt' }, { filename: 'src/deep/a.txt' }],
    call: ({ installation }) => installation.rest.pulls.listFiles({ ...REPO, pull_number: 3 }),
  },
  {
    name: 'pulls.listCommits',
    status: 200,
    expected: [{ commit: { message: 'feat: x' } }],
    call: ({ installation }) => installation.rest.pulls.listCommits({ ...REPO, pull_number: 3 }),
  },
  {
    name: 'pulls.update',
    status: 200,
    expected: { title: 'PR2', body: 'new' },
    call: ({ installation }) =>
      installation.rest.pulls.update({ ...REPO, pull_number: 3, title: 'PR2', body: 'new' }),
  },
  {
    name: 'pulls.requestReviewers',
    status: 201,
    expected: { requested_reviewers: [{ login: 'alice' }] },
    call: ({ installation }) =>
      installation.rest.pulls.requestReviewers({ ...REPO, pull_number: 3, reviewers: ['alice'] }),
  },
  {
    name: 'pulls.checkIfMerged',
    status: 404,
    call: ({ installation }) => installation.rest.pulls.checkIfMerged({ ...REPO, pull_number: 3 }),
  },
  {
    name: 'pulls.get of an issue',
    status: 404,
    call: ({ installation }) => installation.rest.pulls.get({ ...REPO, pull_number: 1 }),
  },
  {
    name: 'issues.get of a pull request',
    status: 200,
    expected: { pull_request: { merged_at: null } },
    call: ({ installation }) => installation.rest.issues.get({ ...REPO, issue_number: 3 }),
  },
  {
    name: 'graphql of a clean pull request',
    status: 200,
    expected: { errors: [{ type: 'UNPROCESSABLE' }] },
    call: async ({ installation }, kept) => {
      function ask(name: string) {
        return installation.request('POST /graphql', {
          query: `mutation($id: ID!) { ${name}(input: { pullRequestId: $id }) { clientMutationId } }`,
          variables: { id: kept.get('pull') },
        });
      }
      await ask('markPullRequestReadyForReview');
      return ask('enablePullRequestAutoMerge');
    },
  },
  {
    name: 'graphql back to draft',
    status: 200,
    expected: { data: { convertPullRequestToDraft: { pullRequest: { isDraft: true } } } },
    call: ({ installation }, kept) =>
      installation.request('POST /graphql', {
        query: `mutation { convertPullRequestToDraft(input: { pullRequestId: "${kept.get('pull')}" }) { pullRequest { isDraft } } }`,
      }),
  },
  {
    name: 'graphql of what it does not know',
    status: 200,
    expected: { errors: [{ message: expect.stringContaining('only these mutations') }] },
    call: ({ installation }) => installation.request('POST /graphql', { query: '{ viewer { login } }' }),
  },
  {
    name: 'graphql without the right',
    status: 200,
    expected: { errors: [{ type: 'FORBIDDEN' }] },
    call: ({ as }, kept) =>
      as('mallory').request('POST /graphql', {
        query:
          'mutation($id: ID!) { markPullRequestReadyForReview(input: { pullRequestId: $id }) { clientMutationId } }',
        variables: { id: kept.get('pull') },
      }),
  },
  {
    name: 'repos.createDispatchEvent',
    status: 204,
    call: ({ installation }) => installation.rest.repos.createDispatchEvent({ ...REPO, event_type: 'go' }),
  },
  {
    name: 'apps.listWebhookDeliveries',
    status: 200,
    expected: { length: 5 },
    call: ({ app }) => app.rest.apps.listWebhookDeliveries({ per_page: 5 }),
  },
  {
    name: 'apps.getWebhookDelivery unknown',
    status: 404,
    call: ({ app }) => app.rest.apps.getWebhookDelivery({ delivery_id: 1 }),
  },
  {
    name: 'rateLimit.get',
    status: 200,
    expected: { resources: { core: { limit: 5000 } } },
    call: ({ installation }) => installation.rest.rateLimit.get(),
  },
  {
    name: 'under /api/v3',
    status: 200,
    expected: { full_name: 'acme/shop' },
    call: ({ as }) => as('alice').request('GET /api/v3/repos/acme/shop'),
  },
  {
    name: 'a private repository to an outsider',
    status: 404,
    call: ({ as }) => as('mallory').rest.issues.listForRepo(PRIVATE),
  },
  {
    name: 'a path there is not',
    status: 404,
    call: ({ as }) => as('alice').request('GET /repos/acme/shop/nothing'),
  },
];
