import type { Placed } from './sort-issues.ts';

const FIELDS = ['title', 'body', 'comments'] as const;
type Field = (typeof FIELDS)[number];

/**
 * Where words are looked for: in the fields that `in:` names, or in all of them. GitHub's index is late by seconds to
 * minutes; this search never is, so a client must not be trusted on it alone.
 */
export function toTextFilter(named: readonly string[]): (hit: Placed, words: string) => boolean {
  const asked = FIELDS.filter((field) => named.includes(field));
  const fields = asked.length === 0 ? FIELDS : asked;
  return (hit, words) => fields.some((field) => readField(hit, field).toLowerCase().includes(words));
}

function readField({ repository, issue }: Placed, field: Field): string {
  switch (field) {
    case 'title':
      return issue.title;
    case 'body':
      return issue.body ?? '';
    case 'comments':
      return [...repository.comments.values()]
        .filter((comment) => comment.issueNumber === issue.number)
        .map(({ body }) => body)
        .join('\n');
  }
}
