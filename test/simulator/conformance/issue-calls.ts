import { expect } from 'vitest';
import { REPO } from '../support/open-playground.ts';
import type { ConformanceCall } from './conformance-call.ts';

const one = { ...REPO, issue_number: 1 };

/** Issues, their comments and their search. */
export const ISSUE_CALLS: readonly ConformanceCall[] = [
  {
    name: 'issues.create',
    status: 201,
    expected: { number: 1, state: 'open', user: { login: 'alice' }, author_association: 'MEMBER' },
    call: ({ as }) => as('alice').rest.issues.create({ ...REPO, title: 'Bug', body: 'b' }),
  },
  {
    name: 'issues.create without a title',
    status: 422,
    call: ({ as }) => as('alice').request('POST /repos/acme/shop/issues'),
  },
  {
    name: 'issues.addLabels',
    status: 200,
    expected: [{ name: 'agent:start' }],
    call: ({ as }) => as('alice').rest.issues.addLabels({ ...one, labels: ['agent:start'] }),
  },
  {
    name: 'issues.addLabels makes an unknown label',
    status: 200,
    expected: [{ name: 'agent:start' }, { name: 'new one' }],
    call: ({ installation }) => installation.rest.issues.addLabels({ ...one, labels: ['new one'] }),
  },
  {
    name: 'issues.removeLabel',
    status: 200,
    expected: [{ name: 'agent:start' }],
    call: ({ installation }) => installation.rest.issues.removeLabel({ ...one, name: 'new one' }),
  },
  {
    name: 'issues.removeLabel missing',
    status: 404,
    call: ({ installation }) => installation.rest.issues.removeLabel({ ...one, name: 'nope' }),
  },
  {
    name: 'issues.setLabels',
    status: 200,
    expected: [{ name: 'bug' }],
    call: ({ installation }) => installation.rest.issues.setLabels({ ...one, labels: ['bug'] }),
  },
  {
    name: 'issues.addAssignees',
    status: 201,
    expected: { assignees: [{ login: 'bob' }] },
    call: ({ installation }) => installation.rest.issues.addAssignees({ ...one, assignees: ['bob'] }),
  },
  {
    name: 'issues.removeAssignees',
    status: 200,
    expected: { assignees: [] },
    call: ({ installation }) => installation.rest.issues.removeAssignees({ ...one, assignees: ['bob'] }),
  },
  {
    name: 'issues.createComment',
    status: 201,
    expected: {
      body: 'sticky',
      user: { login: 'baton[bot]', type: 'Bot' },
      performed_via_github_app: { slug: 'baton' },
    },
    call: async ({ installation }, kept) => {
      const answer = await installation.rest.issues.createComment({ ...one, body: 'sticky' });
      kept.set('comment', String(answer.data.id));
      return answer;
    },
  },
  {
    name: 'issues.updateComment',
    status: 200,
    expected: { body: '50%' },
    call: ({ installation }, kept) =>
      installation.rest.issues.updateComment({
        ...REPO,
        comment_id: Number(kept.get('comment')),
        body: '50%',
      }),
  },
  {
    name: 'issues.getComment',
    status: 200,
    expected: { body: '50%' },
    call: ({ installation }, kept) =>
      installation.rest.issues.getComment({ ...REPO, comment_id: Number(kept.get('comment')) }),
  },
  {
    name: 'issues.listComments, all pages',
    status: 200,
    expected: { length: 3 },
    call: async ({ installation, as }) => {
      await as('bob').rest.issues.createComment({ ...one, body: '2' });
      await as('bob').rest.issues.createComment({ ...one, body: '3' });
      return {
        status: 200,
        data: await installation.paginate(installation.rest.issues.listComments, { ...one, per_page: 1 }),
      };
    },
  },
  {
    name: 'issues.listComments since',
    status: 200,
    expected: [],
    call: ({ installation }) =>
      installation.rest.issues.listComments({ ...one, since: new Date(Date.now() + 60_000).toISOString() }),
  },
  {
    name: 'issues.listCommentsForRepo',
    status: 200,
    expected: { length: 3 },
    call: ({ installation }) => installation.rest.issues.listCommentsForRepo(REPO),
  },
  {
    name: 'issues.deleteComment',
    status: 204,
    call: ({ installation }, kept) =>
      installation.rest.issues.deleteComment({ ...REPO, comment_id: Number(kept.get('comment')) }),
  },
  {
    name: 'issues.getComment deleted',
    status: 404,
    call: ({ installation }, kept) =>
      installation.rest.issues.getComment({ ...REPO, comment_id: Number(kept.get('comment')) }),
  },
  {
    name: 'issues.create with labels',
    status: 201,
    expected: { number: 2, labels: [{ name: 'tech-debt' }] },
    call: ({ installation }) =>
      installation.rest.issues.create({ ...REPO, title: 'Tech debt', labels: ['tech-debt'] }),
  },
  {
    name: 'issues.listForRepo by label',
    status: 200,
    expected: [{ number: 2 }],
    call: ({ installation }) => installation.rest.issues.listForRepo({ ...REPO, labels: 'tech-debt' }),
  },
  {
    name: 'issues.listForRepo by creator',
    status: 200,
    expected: [{ number: 2 }],
    call: ({ installation }) => installation.rest.issues.listForRepo({ ...REPO, creator: 'baton[bot]' }),
  },
  {
    name: 'search by label and kind',
    status: 200,
    expected: { total_count: 1, items: [{ number: 2 }] },
    call: ({ installation }) =>
      installation.request('GET /search/issues', { q: 'repo:acme/shop is:issue label:tech-debt' }),
  },
  {
    name: 'search by words and without',
    status: 200,
    expected: { total_count: 1, items: [{ number: 2 }] },
    call: ({ installation }) =>
      installation.request('GET /search/issues', { q: 'repo:acme/shop debt -label:bug author:app/baton' }),
  },
  {
    name: 'search for nothing',
    status: 422,
    call: ({ installation }) => installation.request('GET /search/issues', { q: '' }),
  },
  {
    name: 'issues.update closes',
    status: 200,
    expected: { state: 'closed', state_reason: 'not_planned', closed_by: { login: 'baton[bot]' } },
    call: ({ installation }) =>
      installation.rest.issues.update({
        ...REPO,
        issue_number: 2,
        state: 'closed',
        state_reason: 'not_planned',
      }),
  },
  {
    name: 'issues.listForRepo shows open ones',
    status: 200,
    expected: [{ number: 1 }],
    call: ({ installation }) => installation.rest.issues.listForRepo(REPO),
  },
  {
    name: 'issues.listEvents',
    status: 200,
    expected: expect.arrayContaining([
      expect.objectContaining({ event: 'labeled', label: { name: 'agent:start', color: '00ff00' } }),
    ]),
    call: ({ installation }) => installation.rest.issues.listEvents(one),
  },
  {
    name: 'issues.listEventsForTimeline',
    status: 200,
    expected: expect.arrayContaining([
      expect.objectContaining({ event: 'commented', body: '2' }),
      expect.objectContaining({ event: 'unlabeled' }),
    ]),
    call: ({ installation }) => installation.rest.issues.listEventsForTimeline(one),
  },
  {
    name: 'issues.lock',
    status: 204,
    call: ({ installation }) => installation.rest.issues.lock({ ...one, lock_reason: 'resolved' }),
  },
  { name: 'issues.unlock', status: 204, call: ({ installation }) => installation.rest.issues.unlock(one) },
  {
    name: 'issues.get unknown',
    status: 404,
    call: ({ installation }) => installation.rest.issues.get({ ...REPO, issue_number: 99 }),
  },
];
