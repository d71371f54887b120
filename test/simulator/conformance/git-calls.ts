import { expect } from 'vitest';
import { REPO } from '../support/open-playground.ts';
import { type ConformanceCall, keep, recall, toBase64 } from './conformance-call.ts';

/** The git data API. */
export const GIT_CALLS: readonly ConformanceCall[] = [
  {
    name: 'git.getRef',
    status: 200,
    expected: { ref: 'refs/heads/main', object: { type: 'commit' } },
    call: async ({ installation }, kept) => {
      const answer = await installation.rest.git.getRef({ ...REPO, ref: 'heads/main' });
      kept.set('main', answer.data.object.sha);
      return answer;
    },
  },
  {
    name: 'git.getRef unknown',
    status: 404,
    call: ({ installation }) => installation.rest.git.getRef({ ...REPO, ref: 'heads/none' }),
  },
  {
    name: 'git.getCommit',
    status: 200,
    expected: { message: 'Initial commit', parents: [] },
    call: async ({ installation }, kept) => {
      const answer = await installation.rest.git.getCommit({ ...REPO, commit_sha: recall(kept, 'main') });
      kept.set('tree', answer.data.tree.sha);
      return answer;
    },
  },
  {
    name: 'git.createBlob',
    status: 201,
    expected: { sha: 'ce013625030ba8dba906f756967f9e9ca394464a' },
    call: ({ installation }, kept) =>
      keep(
        kept,
        'blob',
        installation.rest.git.createBlob({ ...REPO, content: toBase64('hello\n'), encoding: 'base64' }),
      ),
  },
  {
    name: 'git.getBlob',
    status: 200,
    expected: { content: toBase64('hello\n'), size: 6 },
    call: ({ installation }, kept) =>
      installation.rest.git.getBlob({ ...REPO, file_sha: recall(kept, 'blob') }),
  },
  {
    name: 'git.createTree',
    status: 201,
    expected: { tree: expect.arrayContaining([expect.objectContaining({ path: 'src', type: 'tree' })]) },
    call: ({ installation }, kept) =>
      keep(
        kept,
        'tree1',
        installation.rest.git.createTree({
          ...REPO,
          base_tree: recall(kept, 'tree'),
          tree: [
            { path: 'src/deep/a.txt', mode: '100644', type: 'blob', sha: recall(kept, 'blob') },
            { path: 'b.txt', mode: '100755', type: 'blob', content: 'inline' },
          ],
        }),
      ),
  },
  {
    name: 'git.getTree recursive',
    status: 200,
    expected: {
      truncated: false,
      tree: expect.arrayContaining([
        expect.objectContaining({ path: 'src/deep/a.txt', mode: '100644' }),
        expect.objectContaining({ path: 'b.txt', mode: '100755' }),
      ]),
    },
    call: ({ installation }, kept) =>
      installation.rest.git.getTree({ ...REPO, tree_sha: recall(kept, 'tree1'), recursive: '1' }),
  },
  {
    name: 'git.createTree with a missing object',
    status: 422,
    call: ({ installation }, kept) =>
      installation.rest.git.createTree({
        ...REPO,
        base_tree: recall(kept, 'tree'),
        tree: [{ path: 'x', mode: '100644', type: 'blob', sha: 'f'.repeat(40) }],
      }),
  },
  {
    name: 'git.createTree out of the tree',
    status: 422,
    call: ({ installation }) =>
      installation.rest.git.createTree({
        ...REPO,
        tree: [{ path: '../x', mode: '100644', type: 'blob', content: 'x' }],
      }),
  },
  {
    name: 'git.createCommit',
    status: 201,
    expected: {
      message: 'feat: x',
      author: { name: 'baton[bot]', email: expect.stringContaining('+baton[bot]@users.noreply.github.com') },
      verification: { verified: false },
    },
    call: ({ installation }, kept) =>
      keep(
        kept,
        'commit1',
        installation.rest.git.createCommit({
          ...REPO,
          message: 'feat: x',
          tree: recall(kept, 'tree1'),
          parents: [recall(kept, 'main')],
        }),
      ),
  },
  {
    name: 'git.createRef',
    status: 201,
    expected: { ref: 'refs/heads/agent/1' },
    call: ({ installation }, kept) =>
      installation.rest.git.createRef({ ...REPO, ref: 'refs/heads/agent/1', sha: recall(kept, 'commit1') }),
  },
  {
    name: 'git.createRef twice',
    status: 422,
    call: ({ installation }, kept) =>
      installation.rest.git.createRef({ ...REPO, ref: 'refs/heads/agent/1', sha: recall(kept, 'commit1') }),
  },
  {
    name: 'git.createRef without refs/',
    status: 422,
    call: ({ installation }, kept) =>
      installation.rest.git.createRef({ ...REPO, ref: 'agent/2', sha: recall(kept, 'commit1') }),
  },
  {
    name: 'git.createRef of nothing',
    status: 422,
    call: ({ installation }) =>
      installation.rest.git.createRef({ ...REPO, ref: 'refs/heads/agent/2', sha: 'f'.repeat(40) }),
  },
  {
    name: 'git.createTree deletes',
    status: 201,
    expected: { tree: expect.not.arrayContaining([expect.objectContaining({ path: 'b.txt' })]) },
    call: ({ installation }, kept) =>
      keep(
        kept,
        'tree2',
        installation.rest.git.createTree({
          ...REPO,
          base_tree: recall(kept, 'tree1'),
          tree: [{ path: 'b.txt', mode: '100644', type: 'blob', sha: null }],
        }),
      ),
  },
  {
    name: 'git.createCommit with an author',
    status: 201,
    expected: { author: { name: 'N', email: 'n@e', date: '2020-01-02T03:04:05Z' } },
    call: ({ installation }, kept) =>
      keep(
        kept,
        'commit2',
        installation.rest.git.createCommit({
          ...REPO,
          message: 'fix: y',
          tree: recall(kept, 'tree2'),
          parents: [recall(kept, 'commit1')],
          author: { name: 'N', email: 'n@e', date: '2020-01-02T03:04:05Z' },
        }),
      ),
  },
  {
    name: 'git.updateRef',
    status: 200,
    call: ({ installation }, kept) =>
      installation.rest.git.updateRef({ ...REPO, ref: 'heads/agent/1', sha: recall(kept, 'commit2') }),
  },
  {
    name: 'git.updateRef not forward',
    status: 422,
    call: ({ installation }, kept) =>
      installation.rest.git.updateRef({ ...REPO, ref: 'heads/agent/1', sha: recall(kept, 'commit1') }),
  },
  {
    name: 'git.updateRef by force',
    status: 200,
    call: ({ installation }, kept) =>
      installation.rest.git.updateRef({
        ...REPO,
        ref: 'heads/agent/1',
        sha: recall(kept, 'commit1'),
        force: true,
      }),
  },
  {
    name: 'git.listMatchingRefs',
    status: 200,
    expected: [{ ref: 'refs/heads/agent/1' }],
    call: ({ installation }) => installation.rest.git.listMatchingRefs({ ...REPO, ref: 'heads/agent' }),
  },
];
