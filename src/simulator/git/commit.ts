import type { GitStore } from './git-store.ts';

export type Signature = { readonly name: string; readonly email: string; readonly date: string };

export type Commit = {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
};

/** A commit by full object name, or null when there is none. */
export async function readCommit(git: GitStore, sha: string): Promise<Commit | null> {
  const object = await git.objects.read(sha);
  return object?.type === 'commit' ? toCommit(object.sha, object.content.toString()) : null;
}

/** Commits in the order of the names given. */
export async function readCommits(git: GitStore, shas: readonly string[]): Promise<Commit[]> {
  const commits = await Promise.all(shas.map((sha) => readCommit(git, sha)));
  return commits.filter((commit) => commit !== null);
}

function toCommit(sha: string, raw: string): Commit {
  const headEnd = raw.indexOf('\n\n');
  const head = headEnd < 0 ? raw : raw.slice(0, headEnd);
  const fields = head.split('\n').map((line) => {
    const space = line.indexOf(' ');
    return [line.slice(0, space), line.slice(space + 1)] as const;
  });
  const first = new Map(fields.toReversed());
  return {
    sha,
    tree: first.get('tree') ?? '',
    parents: fields.filter(([key]) => key === 'parent').map(([, value]) => value),
    author: toSignature(first.get('author') ?? ''),
    committer: toSignature(first.get('committer') ?? ''),
    message: headEnd < 0 ? '' : raw.slice(headEnd + 2).replace(/\n$/, ''),
  };
}

function toSignature(line: string): Signature {
  const match = /^(.*) <(.*)> (\d+) [+-]\d{4}$/.exec(line);
  const date = new Date(Number(match?.[3] ?? 0) * 1000).toISOString();
  return { name: match?.[1] ?? '', email: match?.[2] ?? '', date: `${date.slice(0, 19)}Z` };
}
