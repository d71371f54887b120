/**
 * Whether a link's target stays inside the tree, judged by its text. `..` is allowed only at the beginning: behind a
 * name it would be resolved from wherever that name, perhaps itself a link, leads.
 */
export function staysInside(linkPath: string, target: string): boolean {
  if (target === '' || target.startsWith('/') || target.includes('\0')) {
    return false;
  }
  const parts = target.split('/').filter((part) => part !== '' && part !== '.');
  const rises = parts.findIndex((part) => part !== '..');
  const leading = rises === -1 ? parts.length : rises;
  const depth = linkPath.split('/').length - 1;
  return leading <= depth && !parts.slice(leading).includes('..');
}
