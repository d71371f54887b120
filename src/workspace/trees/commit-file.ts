import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sha } from '../../domain/sha.ts';
import type { Seal } from '../../ports/workspace.ts';
import type { Git } from '../git/run-git.ts';
import { toFullName } from '../remote/remote.ts';
import { commitTree, type Identity } from './commit-tree.ts';

interface Place {
  readonly gitDir: string;
  /** Directory for the index, where no agent can reach it. */
  readonly indexes: string;
  readonly identity: Identity;
}

interface Writing {
  readonly onto: Sha;
  readonly file: { readonly path: string; readonly text: string };
  readonly seal: Seal;
}

/**
 * Makes a commit on top of `onto` that sets one regular file, in no tree: whatever link stands at the path or above it
 * is replaced and never followed. Null when the file is there with this text.
 */
export async function commitFile(
  git: Git,
  { gitDir, indexes, identity }: Place,
  { onto, file, seal }: Writing,
): Promise<Sha | null> {
  const mirror = { gitDir, repository: toFullName(seal.repository) };
  const index = join(indexes, `file-${randomUUID()}`);
  const environment = { GIT_INDEX_FILE: index };
  async function readLine(args: readonly [string, ...string[]], input = ''): Promise<string> {
    const { stdout } = await git({ ...mirror, environment, args, input });
    return stdout.toString().trim();
  }
  try {
    const blob = await readLine(['hash-object', '-w', '--no-filters', '--stdin'], file.text);
    await readLine(['read-tree', onto]);
    await readLine(['update-index', '--add', '--replace', '--cacheinfo', `100644,${blob},${file.path}`]);
    const treeId = await readLine(['write-tree']);
    return treeId === (await readLine(['rev-parse', '--verify', `${onto}^{tree}`]))
      ? null
      : await commitTree(git, { mirror, identity }, { ...seal, treeId, parents: [onto] });
  } finally {
    await rm(index, { force: true });
  }
}
