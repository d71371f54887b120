/** A directory that a profile names: in the tree, or in the home when it begins with `~/`. */
export function toTreePath(tree: string, entry: string): string {
  return entry.startsWith('~/') ? entry : `${tree}/${entry}`;
}
