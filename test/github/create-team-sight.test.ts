import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTeamSight } from '../../src/github/create-team-sight.ts';
import { openGithub } from './support/open-github.ts';

const HERE = { owner: 'ada', repo: 'shop' };

describe('src/github/create-team-sight', () => {
  let github: Awaited<ReturnType<typeof openGithub>>;
  beforeAll(async () => {
    github = await openGithub();
  });
  afterAll(() => github.close());

  /** A commit that adds these files to another one, or takes them away. */
  async function commit(parent: string, files: Readonly<Record<string, string | null>>): Promise<string> {
    const { git } = github.ada.rest;
    const entries = Object.entries(files).map(([path, content]) => {
      const entry = { path, mode: '100644', type: 'blob' } as const;
      return content === null ? { ...entry, sha: null } : { ...entry, content };
    });
    const { data: tree } = await git.createTree({ ...HERE, base_tree: parent, tree: entries });
    const made = { message: 'Change', tree: tree.sha, parents: [parent] };
    return (await git.createCommit({ ...HERE, ...made })).data.sha;
  }

  it('names every file that a pull request changes, also past the first page, and where one was before', async () => {
    const { git, pulls } = github.ada.rest;
    const { data: main } = await git.getRef({ ...HERE, ref: 'heads/main' });
    const base = await commit(main.object.sha, { 'old/page.html': '<p>One page, which is moved.</p>\n' });
    await git.updateRef({ ...HERE, ref: 'heads/main', sha: base });
    const many = Array.from({ length: 101 }, (_, index) => [`a/${index}.txt`, `${index}\n`] as const);
    const head = await commit(base, {
      ...Object.fromEntries(many),
      'old/page.html': null,
      'page.txt': '<p>One page, which is moved.</p>\n',
      'z/last.css': 'p {}\n',
    });
    await git.createRef({ ...HERE, ref: 'refs/heads/many', sha: head });
    const { data: pull } = await pulls.create({ ...HERE, title: 'Many', head: 'many', base: 'main' });

    const sight = createTeamSight(github.app);
    const paths = await sight.changedPaths(github.subject.repository, pull.number);
    expect(new Set(paths)).toEqual(
      new Set([...many.map(([path]) => path), 'old/page.html', 'page.txt', 'z/last.css']),
    );
  });
});
