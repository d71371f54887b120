import type { SurfaceReference } from '../../ports/code-host.ts';
import { clip } from './clip.ts';
import { ensureWritten, type Wanted, type Writer, type Written } from './ensure-written.ts';
import { type Comment, findOwnComment } from './find-own-comment.ts';
import { withoutMarkers } from './markers.ts';
import { nullWhenMissing } from './null-when-missing.ts';
import { type Publishing, toIssueParameters, toRepositoryParameters } from './publishing.ts';
import type { SurfaceOf } from './surface-of.ts';

type WantedComment = Wanted & { readonly surface: SurfaceOf<'comment'> };

/** GitHub takes 262,144 bytes, older servers 65,536. The markers need some of it. */
const MAX_BODY_BYTES = 65_000;

/**
 * One comment that is edited in place. What people write around our text is kept: GitHub tells us of their edits, so
 * the comment is not read before it is written. An edit that we hear of too late is put back by the write after that.
 */
export function ensureComment(publishing: Publishing, wanted: WantedComment): Promise<SurfaceReference> {
  return ensureWritten(publishing, wanted, createCommentWriter(publishing, wanted));
}

function createCommentWriter(publishing: Publishing, wanted: WantedComment): Writer {
  const { markers } = publishing;
  const { rest } = publishing.clientFor(wanted.subject.repository, 'issues');
  const text = clip(withoutMarkers(wanted.surface.body), MAX_BODY_BYTES);
  const here = toRepositoryParameters(wanted.subject);

  function read(id: number): Promise<Comment | null> {
    return nullWhenMissing(rest.issues.getComment({ ...here, comment_id: id }));
  }

  /** Without markers somebody has taken our text away; what is left is not worth keeping. */
  function toBody(earlier: string): string {
    return markers.replace(wanted, earlier, text) ?? markers.wrap(wanted, text);
  }

  function isAsWanted({ body = '' }: Comment): boolean {
    return body === toBody(body);
  }

  function write(id: number, body: string) {
    return rest.issues.updateComment({ ...here, comment_id: id, body });
  }

  return {
    create: (_effectKey, digest) => ({
      async lookUp() {
        const comment = await findOwnComment(publishing, wanted);
        // What it says may be older than what is wanted now.
        return comment === null ? null : toWritten(comment, isAsWanted(comment) ? digest : null);
      },
      async send() {
        const parameters = { ...toIssueParameters(wanted.subject), body: markers.wrap(wanted, text) };
        return toWritten((await rest.issues.createComment(parameters)).data, digest);
      },
    }),
    update: ({ number }, digest) => ({
      async lookUp() {
        const comment = await read(number);
        return comment !== null && isAsWanted(comment) ? toWritten(comment, digest) : null;
      },
      async send() {
        const earlier = await publishing.edits.find(number);
        const written = await nullWhenMissing(write(number, toBody(earlier ?? '')));
        if (written !== null) {
          return toWritten(written, digest);
        }
        // A part of GitHub that is behind does not know a new comment yet, so another one is asked before it counts as gone.
        const found = await findOwnComment(publishing, wanted);
        if (found === null) {
          return 'gone';
        }
        return toWritten((await write(found.id, toBody(found.body ?? ''))).data, digest);
      },
    }),
  };
}

function toWritten(comment: Comment, digest: string | null): Written {
  return { number: comment.id, url: comment.html_url, digest };
}
