import { expect } from 'vitest';
import { REPO } from '../support/open-playground.ts';
import type { ConformanceCall } from './conformance-call.ts';

/** The App, accounts and repositories. */
export const APP_CALLS: readonly ConformanceCall[] = [
  {
    name: 'apps.getAuthenticated',
    status: 200,
    expected: { slug: 'baton', id: 777, events: expect.arrayContaining(['issues']) },
    call: ({ app }) => app.rest.apps.getAuthenticated(),
  },
  {
    name: 'apps.getAuthenticated with an installation token',
    status: 401,
    call: async ({ app, withToken }) =>
      withToken(
        (await app.rest.apps.createInstallationAccessToken({ installation_id: 9001 })).data.token,
      ).rest.apps.getAuthenticated(),
  },
  {
    name: 'apps.listInstallations',
    status: 200,
    expected: [{ id: 9001, account: { login: 'acme' }, repository_selection: 'selected' }, { id: 9002 }],
    call: ({ app }) => app.rest.apps.listInstallations(),
  },
  {
    name: 'apps.getInstallation',
    status: 200,
    expected: { app_slug: 'baton', target_type: 'Organization' },
    call: ({ app }) => app.rest.apps.getInstallation({ installation_id: 9001 }),
  },
  {
    name: 'apps.getInstallation unknown',
    status: 404,
    call: ({ app }) => app.rest.apps.getInstallation({ installation_id: 1 }),
  },
  {
    name: 'apps.getRepoInstallation',
    status: 200,
    expected: { id: 9001 },
    call: ({ app }) => app.rest.apps.getRepoInstallation(REPO),
  },
  {
    name: 'apps.getRepoInstallation elsewhere',
    status: 404,
    call: ({ app }) => app.rest.apps.getRepoInstallation({ owner: 'acme', repo: 'elsewhere' }),
  },
  {
    name: 'apps.getOrgInstallation',
    status: 200,
    expected: { id: 9001 },
    call: ({ app }) => app.rest.apps.getOrgInstallation({ org: 'acme' }),
  },
  {
    name: 'apps.getUserInstallation',
    status: 200,
    expected: { id: 9002 },
    call: ({ app }) => app.rest.apps.getUserInstallation({ username: 'bob' }),
  },
  {
    name: 'apps.listReposAccessibleToInstallation',
    status: 200,
    expected: { total_count: 3 },
    call: ({ installation }) => installation.rest.apps.listReposAccessibleToInstallation(),
  },
  {
    name: 'users.getAuthenticated',
    status: 200,
    expected: { login: 'alice', type: 'User' },
    call: ({ as }) => as('alice').rest.users.getAuthenticated(),
  },
  {
    name: 'users.getAuthenticated as the App',
    status: 403,
    call: ({ installation }) => installation.rest.users.getAuthenticated(),
  },
  {
    name: 'users.getByUsername',
    status: 200,
    expected: { login: 'baton[bot]', type: 'Bot' },
    call: ({ as }) => as('alice').rest.users.getByUsername({ username: 'baton[bot]' }),
  },
  {
    name: 'users.getByUsername unknown',
    status: 404,
    call: ({ as }) => as('alice').rest.users.getByUsername({ username: 'ghost' }),
  },
  {
    name: 'repos.get',
    status: 200,
    expected: { full_name: 'acme/shop', default_branch: 'main', permissions: { push: true, admin: true } },
    call: ({ as }) => as('alice').rest.repos.get(REPO),
  },
  {
    name: 'repos.get in other case',
    status: 200,
    expected: { full_name: 'acme/shop' },
    call: ({ as }) => as('alice').rest.repos.get({ owner: 'ACME', repo: 'Shop' }),
  },
  {
    name: 'repos.get unknown',
    status: 404,
    call: ({ as }) => as('alice').rest.repos.get({ owner: 'acme', repo: 'none' }),
  },
  {
    name: 'repos.listForOrg',
    status: 200,
    expected: expect.arrayContaining([expect.objectContaining({ name: 'vault' })]),
    call: ({ as }) => as('alice').rest.repos.listForOrg({ org: 'acme' }),
  },
  {
    name: 'repos.checkCollaborator',
    status: 204,
    call: ({ as }) => as('alice').rest.repos.checkCollaborator({ ...REPO, username: 'bob' }),
  },
];
