import type { GitStore } from './git-store.ts';

export type TreeEntry = {
  readonly path: string;
  readonly mode: string;
  readonly type: 'blob' | 'tree' | 'commit';
  readonly sha: string;
};

/** The entries of a tree object; with `recursive`, those of its subtrees too, before their contents as git lists them. */
export async function readTree(git: GitStore, sha: string, recursive = false): Promise<TreeEntry[] | null> {
  const object = await git.objects.read(`${sha}^{tree}`);
  if (!object) {
    return null;
  }
  const entries = toEntries(object.content);
  if (!recursive) {
    return entries;
  }
  const nested = await Promise.all(entries.map((entry) => withSubtree(git, entry)));
  return nested.flat();
}

async function withSubtree(git: GitStore, entry: TreeEntry): Promise<TreeEntry[]> {
  if (entry.type !== 'tree') {
    return [entry];
  }
  const below = (await readTree(git, entry.sha, true)) ?? [];
  return [entry, ...below.map((child) => ({ ...child, path: `${entry.path}/${child.path}` }))];
}

// A tree object is a row of `<mode> <name>\0<20 bytes of object name>`.
function toEntries(content: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = [];
  let at = 0;
  while (at < content.length) {
    const space = content.indexOf(32, at);
    const end = content.indexOf(0, space);
    const mode = content.subarray(at, space).toString().padStart(6, '0');
    const path = content.subarray(space + 1, end).toString();
    const sha = content.subarray(end + 1, end + 21).toString('hex');
    entries.push({ path, mode, type: toEntryType(mode), sha });
    at = end + 21;
  }
  return entries;
}

function toEntryType(mode: string): TreeEntry['type'] {
  if (mode === '040000') {
    return 'tree';
  }
  return mode === '160000' ? 'commit' : 'blob';
}
