/** Payloads with the fields that real ones have, as far as anything reads them. */
const ADA = { id: 11, login: 'ada', type: 'User' };

const repository = { id: 500, name: 'shop', owner: { login: 'ada' } };
export const envelope = { repository, installation: { id: 77 }, sender: ADA };

export const issue = {
  id: 9001,
  number: 12,
  title: 'Show prices',
  body: 'In euros, please.',
  user: { id: 13, login: 'rex', type: 'User' },
  html_url: 'https://github.example/ada/shop/issues/12',
  labels: [{ name: 'baton' }, { name: 'area/prices' }],
  updated_at: '2026-01-02T03:04:05Z',
  closed_at: null,
};

export const label = { id: 31, name: 'baton' };

export const labeled = { action: 'labeled', ...envelope, issue, label };

export const comment = {
  id: 71,
  body: '/baton status',
  created_at: '2026-01-02T03:05:06Z',
  user: ADA,
  performed_via_github_app: null,
};

export const commented = { action: 'created', ...envelope, issue, comment };

export const pull = {
  ...issue,
  id: 9002,
  number: 14,
  merged: false,
  draft: false,
  closed_at: '2026-01-02T04:00:00Z',
  head: { ref: 'baton/12-show-prices-a1b2', sha: 'c0ffee'.padEnd(40, '0'), repo: { id: 500 } },
  base: { ref: 'main' },
};

/** A person has opened it, from a branch of their own. */
export const pullOpened = {
  action: 'opened',
  ...envelope,
  pull_request: { ...pull, closed_at: null, head: { ...pull.head, ref: 'prices' } },
};

export const pullClosed = { action: 'closed', ...envelope, pull_request: pull };

export const pressed = {
  action: 'requested_action',
  ...envelope,
  requested_action: { identifier: 'reject' },
  check_run: {
    id: 81,
    name: 'baton / approval',
    html_url: 'https://github.example/ada/shop/runs/81',
    external_id: '12/run-1/hold@abc/create/0',
    started_at: '2026-01-02T03:00:00Z',
    completed_at: '2026-01-02T03:00:01Z',
    app: { id: 4242 },
  },
};
