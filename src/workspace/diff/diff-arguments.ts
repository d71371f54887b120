import type { Sha } from '../../domain/sha.ts';

/** A change: everything between two commits. */
export interface Range {
  readonly base: Sha;
  readonly head: Sha;
}

/** Arguments of every diff: two trees compared by git alone, with no help from programs a repository may name. */
export function toDiffArguments(range: Range, form: readonly string[]): [string, ...string[]] {
  return [
    'diff-tree',
    '-r',
    '-M',
    '-l2000',
    '--no-color',
    '--no-ext-diff',
    '--no-textconv',
    '--no-abbrev',
    '--ignore-submodules=none',
    ...form,
    '--end-of-options',
    range.base,
    range.head,
  ];
}
