import type { Wanted } from './ensure-written.ts';
import { type Publishing, toIssueParameters } from './publishing.ts';

/** What is used of a comment. */
export interface Comment {
  readonly id: number;
  readonly html_url: string;
  readonly body?: string | undefined;
}

/** The comment of a surface: the one that our App wrote and that has the surface's marker. Null when there is none. */
export async function findOwnComment(publishing: Publishing, wanted: Wanted): Promise<Comment | null> {
  const { appId, clientFor, markers } = publishing;
  const { rest, paginate } = clientFor(wanted.subject.repository, 'issues');
  const query = { ...toIssueParameters(wanted.subject), per_page: 100 };
  for await (const { data } of paginate.iterator(rest.issues.listComments, query)) {
    // Somebody else can copy the marker, but not write in our name.
    const found = data.find(
      (comment) =>
        comment.performed_via_github_app?.id === appId && markers.marks(wanted, comment.body ?? ''),
    );
    if (found !== undefined) {
      return found;
    }
  }
  return null;
}
