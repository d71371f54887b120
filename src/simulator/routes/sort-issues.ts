import type { Issue } from '../state/issue.ts';
import type { Repository } from '../state/repository.ts';

/** An issue with where it is. */
export type Placed<One extends Issue = Issue> = { readonly repository: Repository; readonly issue: One };

type Order = { readonly sort: string | undefined; readonly direction: string | undefined };

/** Sorts by `created` (the default), `updated` or `comments`; newest first among equals, unless ascending. */
export function sortIssues<Hit extends Placed>(hits: readonly Hit[], { sort, direction }: Order): Hit[] {
  const counts = sort === 'comments' ? countComments(hits) : new Map<Issue, number>();
  const key = sort === 'updated' ? 'updatedAt' : 'createdAt';
  const newestFirst = hits.toSorted(
    ({ issue: a }, { issue: b }) =>
      (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || b[key].localeCompare(a[key]) || b.id - a.id,
  );
  return direction === 'asc' ? newestFirst.toReversed() : newestFirst;
}

function countComments(hits: readonly Placed[]): Map<Issue, number> {
  return new Map(
    hits.map(({ repository, issue }) => [
      issue,
      [...repository.comments.values()].filter((comment) => comment.issueNumber === issue.number).length,
    ]),
  );
}
