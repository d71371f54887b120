import { REPO } from '../support/open-playground.ts';
import type { ConformanceCall } from './conformance-call.ts';

const one = { ...REPO, issue_number: 1 };

/** Reactions. */
export const REACTION_CALLS: readonly ConformanceCall[] = [
  {
    name: 'reactions.createForIssue',
    status: 201,
    expected: { content: 'rocket', user: { login: 'baton[bot]' } },
    call: async ({ installation }, kept) => {
      const answer = await installation.rest.reactions.createForIssue({ ...one, content: 'rocket' });
      kept.set('reaction', String(answer.data.id));
      return answer;
    },
  },
  {
    name: 'reactions.createForIssue twice',
    status: 200,
    expected: { content: 'rocket' },
    call: ({ installation }) => installation.rest.reactions.createForIssue({ ...one, content: 'rocket' }),
  },
  {
    name: 'reactions.createForIssue unknown',
    status: 422,
    call: ({ installation }) =>
      installation.request('POST /repos/{owner}/{repo}/issues/1/reactions', { ...REPO, content: 'shrug' }),
  },
  {
    name: 'reactions.listForIssue',
    status: 200,
    expected: [{ content: 'rocket' }],
    call: ({ installation }) => installation.rest.reactions.listForIssue(one),
  },
  {
    name: "reactions.deleteForIssue of someone else's",
    status: 403,
    call: ({ as }, kept) =>
      as('bob').rest.reactions.deleteForIssue({ ...one, reaction_id: Number(kept.get('reaction')) }),
  },
  {
    name: 'reactions.deleteForIssue',
    status: 204,
    call: ({ installation }, kept) =>
      installation.rest.reactions.deleteForIssue({ ...one, reaction_id: Number(kept.get('reaction')) }),
  },
];
