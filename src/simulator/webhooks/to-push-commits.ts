import type { Commit } from '../git/commit.ts';
import type { Act } from '../operations/act.ts';
import type { Webhooks } from '../serializers/schemas.ts';
import { findCommitAccount } from '../serializers/to-commit.ts';

type PushCommit = Webhooks['webhook-push']['commits'][number];

/** Commits as `push` lists them, with the paths each one touched. */
export async function toPushCommits(act: Act, commits: readonly Commit[]): Promise<PushCommit[]> {
  const touched = await readTouchedPaths(act, commits);
  return commits.map((commit) => ({
    id: commit.sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: commit.committer.date,
    url: `${act.world.url}/${act.repository.fullName}/commit/${commit.sha}`,
    author: toPerson(act, commit.author),
    committer: toPerson(act, commit.committer),
    ...(touched.get(commit.sha) ?? { added: [], removed: [], modified: [] }),
  }));
}

type Touched = { added: string[]; removed: string[]; modified: string[] };

// One process for all commits; with -z the output is a row of `<sha>` or `<status>\0<path>` tokens.
async function readTouchedPaths(act: Act, commits: readonly Commit[]): Promise<Map<string, Touched>> {
  const touched = new Map<string, Touched>();
  if (commits.length === 0) {
    return touched;
  }
  const input = `${commits.map((commit) => commit.sha).join('\n')}\n`;
  const args = ['diff-tree', '--stdin', '--root', '-r', '-z', '--name-status', '--no-renames'];
  const tokens = (await act.repository.git.run(args, { input })).toString().split('\0');
  let current: Touched = { added: [], removed: [], modified: [] };
  for (let at = 0; at < tokens.length; at += 1) {
    const token = (tokens[at] ?? '').trim();
    if (token.length === 40) {
      current = { added: [], removed: [], modified: [] };
      touched.set(token, current);
    } else if (token !== '') {
      at += 1;
      current[toList(token)].push(tokens[at] ?? '');
    }
  }
  return touched;
}

function toList(status: string): keyof Touched {
  if (status === 'A') {
    return 'added';
  }
  return status === 'D' ? 'removed' : 'modified';
}

function toPerson(act: Act, signature: Commit['author']) {
  const account = findCommitAccount(act.world, signature);
  return { ...signature, ...(account ? { username: account.login } : {}) };
}
