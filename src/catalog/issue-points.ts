import type { Issue } from './issue-words.ts';
import type { YamlPath } from './yaml-source.ts';

/** One thing that a schema complains about, and where it lies in what the schema checked. */
export interface Point {
  readonly issue: Issue;
  readonly path: YamlPath;
  /** The one key that the issue is about, when it is one that is not known. */
  readonly unknownKey: string | null;
}

interface Points {
  readonly points: readonly Point[];
  /** The first of those that are left out, and how many they are. */
  readonly left: { readonly first: Point; readonly count: number } | null;
}

/** More help nobody, and each takes time on the server: a small file can have thousands. */
const MOST = 100;

/** What a schema complains about, point by point. */
export function toPoints(issues: readonly Issue[]): Points {
  const all = issues.flatMap((issue) => split(issue, []));
  const first = all[MOST];
  return {
    points: all.slice(0, MOST),
    left: first === undefined ? null : { first, count: all.length - MOST },
  };
}

function split(issue: Issue, outer: YamlPath): readonly Point[] {
  const path = [...outer, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((unknownKey) => ({ issue, path, unknownKey }));
  }
  return issue.code === 'invalid_union' && issue.errors.length > 0
    ? closest(issue.errors).flatMap((one) => split(one, path))
    : [{ issue, path, unknownKey: null }];
}

/** Of several forms a value may have, the one it is most like: the first with the fewest complaints. */
function closest(forms: readonly (readonly Issue[])[]): readonly Issue[] {
  return forms.reduce((best, form) => (form.length < best.length ? form : best));
}
