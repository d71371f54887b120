import type { World } from '../state/world.ts';
import type { ApiRequest } from './call-api.ts';

type Filled = {
  readonly world: World;
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly fields: Readonly<Record<string, string | undefined>>;
};

type Form = { readonly path: string; toRequest(filled: Filled): ApiRequest };

const ISSUE = '/:owner/:repo/issues/:number';
const PULL = '/:owner/:repo/pull/:number';
const RUN = '/:owner/:repo/runs/:id';

/** Each form of the pages and the call of the API it stands for. */
export const FORMS: readonly Form[] = [
  {
    path: '/:owner/:repo/issues',
    toRequest: (filled) =>
      post(filled, '/issues', { title: filled.fields['title'], body: filled.fields['body'] }),
  },
  {
    path: '/:owner/:repo/pulls',
    toRequest: (filled) => {
      const { title, body, head, base, draft } = filled.fields;
      return post(filled, '/pulls', { title, body, head, base, draft: draft === 'true' });
    },
  },
  { path: '/:owner/:repo/forks', toRequest: (filled) => post(filled, '/forks', {}) },
  {
    path: `${ISSUE}/comments`,
    toRequest: (filled) =>
      post(filled, `/issues/${filled.params['number']}/comments`, { body: filled.fields['body'] }),
  },
  {
    path: `${ISSUE}/labels`,
    toRequest: (filled) =>
      post(filled, `/issues/${filled.params['number']}/labels`, { labels: [filled.fields['name'] ?? ''] }),
  },
  {
    path: `${ISSUE}/labels/remove`,
    toRequest: (filled) => ({
      ...post(
        filled,
        `/issues/${filled.params['number']}/labels/${encodeURIComponent(filled.fields['name'] ?? '')}`,
        null,
      ),
      method: 'DELETE',
    }),
  },
  {
    path: `${ISSUE}/state`,
    toRequest: (filled) => ({
      ...post(filled, `/issues/${filled.params['number']}`, { state: filled.fields['state'] }),
      method: 'PATCH',
    }),
  },
  {
    path: `${PULL}/merge`,
    toRequest: (filled) => ({
      ...post(filled, `/pulls/${filled.params['number']}/merge`, { merge_method: filled.fields['method'] }),
      method: 'PUT',
    }),
  },
  {
    path: `${PULL}/review`,
    toRequest: (filled) =>
      post(filled, `/pulls/${filled.params['number']}/reviews`, {
        event: filled.fields['event'],
        body: filled.fields['body'],
      }),
  },
  { path: `${PULL}/ready`, toRequest: toReadyRequest },
  {
    path: `${RUN}/actions`,
    toRequest: (filled) =>
      post(filled, `/check-runs/${filled.params['id']}/requested_action`, {
        identifier: filled.fields['identifier'],
      }),
  },
  {
    path: `${RUN}/rerequest`,
    toRequest: (filled) => post(filled, `/check-runs/${filled.params['id']}/rerequest`, {}),
  },
];

function post({ params }: Filled, path: string, body: unknown): ApiRequest {
  return { method: 'POST', path: `/repos/${params['owner']}/${params['repo']}${path}`, body };
}

// Readiness is the one thing here that REST does not offer.
function toReadyRequest({ world, params }: Filled): ApiRequest {
  const repository = world.repositories.get(`${params['owner']}/${params['repo']}`.toLowerCase());
  const id = repository?.issues.get(Number(params['number']))?.pull?.nodeId ?? '';
  const query =
    'mutation($id: ID!) { markPullRequestReadyForReview(input: { pullRequestId: $id }) { clientMutationId } }';
  return { method: 'POST', path: '/graphql', body: { query, variables: { id } } };
}
