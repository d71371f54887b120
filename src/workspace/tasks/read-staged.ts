import type { Sha } from '../../domain/sha.ts';
import { TaskRefusal } from '../../domain/task-refusal.ts';
import { type RawChange, toRawDiff } from '../diff/raw-changes.ts';
import { toShown } from '../trees/shown-path.ts';
import type { PrivateGit } from './open-private-git.ts';

const GITLINK = '160000';

/** What a tree changes over a commit. */
export async function readStaged(git: PrivateGit, from: Sha, tree: string): Promise<readonly RawChange[]> {
  const { stdout } = await git.call({
    args: ['diff-tree', '-r', '-z', '--raw', '--no-abbrev', '--no-renames', '--end-of-options', from, tree],
  });
  return toRawDiff(stdout).changes;
}

/** @throws TaskRefusal for what would be committed otherwise than its author's own git would do it. */
export async function refuseStrange(git: PrivateGit, changes: readonly RawChange[]): Promise<void> {
  const nested = changes.find(({ mode }) => mode === GITLINK);
  if (nested !== undefined) {
    throw new TaskRefusal({
      what: 'a git repository inside the repository is not committed',
      where: toShown(nested.path),
      remedy: 'Remove it, or have it ignored.',
    });
  }
  const written = changes.filter(({ status }) => status !== 'D').map(({ path }) => path);
  const { stdout } = await git.call({
    args: ['check-attr', '--stdin', '-z', 'filter'],
    input: written.map((path) => `${path}\0`).join(''),
  });
  const fields = stdout.toString().split('\0');
  const filtered = fields.findIndex((value, at) => at % 3 === 2 && !['unspecified', 'unset'].includes(value));
  if (filtered !== -1) {
    throw new TaskRefusal({
      what: `.gitattributes asks for the filter ${toShown(fields[filtered] ?? '')}, and filters are never run here`,
      where: toShown(fields[filtered - 2] ?? ''),
      remedy: 'Commit this file with your own git, then repeat the call.',
    });
  }
}
