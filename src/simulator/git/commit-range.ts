import type { GitStore } from './git-store.ts';

/** How two commits lie to each other. */
export type Divergence = {
  readonly mergeBase: string | null;
  readonly ahead: number;
  readonly behind: number;
};

/** Where two commits part, and how many commits each side has since. */
export async function readDivergence(git: GitStore, base: string, head: string): Promise<Divergence> {
  const [mergeBase, counts] = await Promise.all([
    readMergeBase(git, base, head),
    git.run(['rev-list', '--left-right', '--count', `${base}...${head}`]),
  ]);
  const [behind, ahead] = counts.toString().trim().split('\t').map(Number);
  return { mergeBase, ahead: ahead ?? 0, behind: behind ?? 0 };
}

/** The best common ancestor, or null for unrelated histories. */
async function readMergeBase(git: GitStore, base: string, head: string): Promise<string | null> {
  const printed = await git.run(['merge-base', base, head]).catch(() => Buffer.alloc(0));
  return printed.toString().trim() || null;
}

export type RangeOptions = {
  readonly exclude?: readonly string[];
  readonly path?: string;
  readonly limit?: number;
  readonly order?: 'newest-first' | 'oldest-first';
};

/** Names of the commits reachable from `tip`, without those reachable from `exclude`. */
export async function listCommitShas(
  git: GitStore,
  tip: string,
  options: RangeOptions = {},
): Promise<string[]> {
  const printed = await git.run([
    'rev-list',
    ...(options.order === 'oldest-first' ? ['--reverse', '--topo-order'] : []),
    ...(options.limit === undefined ? [] : [`--max-count=${options.limit}`]),
    tip,
    ...(options.exclude ?? []).map((sha) => `^${sha}`),
    '--',
    ...(options.path === undefined ? [] : [`:(literal)${options.path}`]),
  ]);
  return printed.toString().split('\n').filter(Boolean);
}
