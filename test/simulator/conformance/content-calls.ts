import { REPO } from '../support/open-playground.ts';
import { type ConformanceCall, recall, toBase64 } from './conformance-call.ts';

/** Files, commits, branches and statuses. */
export const CONTENT_CALLS: readonly ConformanceCall[] = [
  {
    name: 'repos.getContent',
    status: 200,
    expected: { type: 'file', encoding: 'base64', content: `${toBase64('hello\n')}\n`, size: 6 },
    call: ({ installation }) =>
      installation.rest.repos.getContent({ ...REPO, path: 'src/deep/a.txt', ref: 'agent/1' }),
  },
  {
    name: 'repos.getContent raw',
    status: 200,
    expected: 'hello\n',
    call: ({ installation }) =>
      installation.rest.repos.getContent({
        ...REPO,
        path: 'src/deep/a.txt',
        ref: 'agent/1',
        mediaType: { format: 'raw' },
      }),
  },
  {
    name: 'repos.getContent of a directory',
    status: 200,
    expected: [
      { name: 'deep', type: 'dir' },
      { name: 'total.js', type: 'file' },
    ],
    call: ({ installation }) => installation.rest.repos.getContent({ ...REPO, path: 'src', ref: 'agent/1' }),
  },
  {
    name: 'repos.getContent unknown',
    status: 404,
    call: ({ installation }) => installation.rest.repos.getContent({ ...REPO, path: 'nope' }),
  },
  {
    name: 'repos.getContent of an empty repository',
    status: 404,
    call: ({ installation }) =>
      installation.rest.repos.getContent({ owner: 'acme', repo: 'empty', path: 'x' }),
  },
  {
    name: 'repos.getReadme',
    status: 200,
    expected: { name: 'README.md' },
    call: ({ installation }) => installation.rest.repos.getReadme(REPO),
  },
  {
    name: 'repos.createOrUpdateFileContents',
    status: 201,
    expected: { content: { path: 'cfg/a b.yml' }, commit: { message: 'cfg' } },
    call: async ({ installation }, kept) => {
      const answer = await installation.rest.repos.createOrUpdateFileContents({
        ...REPO,
        path: 'cfg/a b.yml',
        message: 'cfg',
        content: toBase64('a: 1\n'),
      });
      kept.set('file', answer.data.content?.sha ?? '');
      return answer;
    },
  },
  {
    name: 'repos.createOrUpdateFileContents without the old blob',
    status: 422,
    call: ({ installation }) =>
      installation.rest.repos.createOrUpdateFileContents({
        ...REPO,
        path: 'cfg/a b.yml',
        message: 'cfg',
        content: toBase64('a: 2\n'),
      }),
  },
  {
    name: 'repos.createOrUpdateFileContents with another blob',
    status: 409,
    call: ({ installation }) =>
      installation.rest.repos.createOrUpdateFileContents({
        ...REPO,
        path: 'cfg/a b.yml',
        message: 'cfg',
        content: toBase64('a: 2\n'),
        sha: 'f'.repeat(40),
      }),
  },
  {
    name: 'repos.deleteFile',
    status: 200,
    expected: { content: null },
    call: ({ installation }, kept) =>
      installation.rest.repos.deleteFile({
        ...REPO,
        path: 'cfg/a b.yml',
        message: 'gone',
        sha: recall(kept, 'file'),
      }),
  },
  {
    name: 'repos.createOrUpdateFileContents in an empty repository',
    status: 201,
    call: ({ installation }) =>
      installation.rest.repos.createOrUpdateFileContents({
        owner: 'acme',
        repo: 'empty',
        path: 'README.md',
        message: 'first',
        content: toBase64('x'),
      }),
  },
  {
    name: 'repos.compareCommitsWithBasehead',
    status: 200,
    expected: {
      status: 'diverged',
      ahead_by: 1,
      behind_by: 2,
      total_commits: 1,
      files: [
        { filename: 'b.txt', status: 'added' },
        { filename: 'src/deep/a.txt', status: 'added', additions: 1, patch: '@@ -0,0 +1 @@\n+hello' },
      ],
    },
    call: ({ installation }) =>
      installation.rest.repos.compareCommitsWithBasehead({ ...REPO, basehead: 'main...agent/1' }),
  },
  {
    name: 'repos.compareCommitsWithBasehead identical',
    status: 200,
    expected: { status: 'identical', files: [] },
    call: ({ installation }) =>
      installation.rest.repos.compareCommitsWithBasehead({ ...REPO, basehead: 'acme:main...acme:main' }),
  },
  {
    name: 'repos.listCommits',
    status: 200,
    expected: [
      { commit: { message: 'feat: x' }, author: { login: 'baton[bot]' } },
      { commit: { message: 'Initial commit' }, author: { login: 'acme' } },
    ],
    call: ({ installation }) => installation.rest.repos.listCommits({ ...REPO, sha: 'agent/1' }),
  },
  {
    name: 'repos.listCommits of a path',
    status: 200,
    expected: { length: 2 },
    call: ({ installation }) => installation.rest.repos.listCommits({ ...REPO, path: 'cfg/a b.yml' }),
  },
  {
    name: 'repos.getCommit',
    status: 200,
    expected: { stats: { additions: 2, deletions: 0, total: 2 }, files: { length: 2 } },
    call: ({ installation }) => installation.rest.repos.getCommit({ ...REPO, ref: 'agent/1' }),
  },
  {
    name: 'repos.getBranch',
    status: 200,
    expected: { name: 'agent/1', protected: false },
    call: ({ installation }) => installation.rest.repos.getBranch({ ...REPO, branch: 'agent/1' }),
  },
  {
    name: 'repos.listBranches',
    status: 200,
    expected: [{ name: 'agent/1' }, { name: 'main' }],
    call: ({ installation }) => installation.rest.repos.listBranches(REPO),
  },
  {
    name: 'repos.getBranchRules',
    status: 200,
    expected: [],
    call: ({ installation }) => installation.rest.repos.getBranchRules({ ...REPO, branch: 'main' }),
  },
  {
    name: 'repos.getBranchProtection of none',
    status: 404,
    call: ({ as }) => as('alice').rest.repos.getBranchProtection({ ...REPO, branch: 'main' }),
  },
  {
    name: 'repos.updateBranchProtection without the right',
    status: 403,
    call: ({ as }) =>
      as('bob').rest.repos.updateBranchProtection({
        ...REPO,
        branch: 'main',
        required_status_checks: null,
        enforce_admins: null,
        required_pull_request_reviews: null,
        restrictions: null,
      }),
  },
  {
    name: 'repos.updateBranchProtection',
    status: 200,
    expected: { required_status_checks: { contexts: ['ci'] }, enforce_admins: { enabled: true } },
    call: ({ as }) =>
      as('alice').rest.repos.updateBranchProtection({
        ...REPO,
        branch: 'main',
        required_status_checks: { strict: true, contexts: ['ci'] },
        enforce_admins: true,
        required_pull_request_reviews: null,
        restrictions: null,
      }),
  },
  {
    name: 'repos.deleteBranchProtection',
    status: 204,
    call: ({ as }) => as('alice').rest.repos.deleteBranchProtection({ ...REPO, branch: 'main' }),
  },
  {
    name: 'repos.createCommitStatus',
    status: 201,
    expected: { state: 'pending', context: 'ci' },
    call: ({ installation }) =>
      installation.rest.repos.createCommitStatus({
        ...REPO,
        sha: 'agent/1',
        state: 'pending',
        context: 'ci',
      }),
  },
  {
    name: 'repos.getCombinedStatusForRef',
    status: 200,
    expected: { state: 'success', total_count: 1 },
    call: async ({ installation }) => {
      await installation.rest.repos.createCommitStatus({
        ...REPO,
        sha: 'agent/1',
        state: 'success',
        context: 'ci',
      });
      return installation.rest.repos.getCombinedStatusForRef({ ...REPO, ref: 'agent/1' });
    },
  },
  {
    name: 'repos.listCommitStatusesForRef',
    status: 200,
    expected: [{ state: 'success' }, { state: 'pending' }],
    call: ({ installation }) => installation.rest.repos.listCommitStatusesForRef({ ...REPO, ref: 'agent/1' }),
  },
];
