/**
 * A text of a tool without where the tree was on this machine: nobody who reads it there can follow such a path, and it
 * is another one each time.
 */
export function withoutRoot(text: string, root: string): string {
  return text.replaceAll(`file://${root}/`, '').replaceAll(`${root}/`, '').replaceAll(root, '.');
}
