const MAX_TITLE = 200;
const MAX_SLUG = 40;

/** The words of a title as a part of a path or branch: ASCII letters, digits and dashes; empty when it has none. */
export function toSlug(title: string): string {
  return title
    .slice(0, MAX_TITLE)
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_SLUG)
    .replaceAll(/^-+|-+$/g, '');
}
