import type { SurfaceReference } from '../../ports/code-host.ts';
import { statusOf } from '../octokit/request-failure.ts';
import { ensureWritten, type Wanted, type Write, type Written } from './ensure-written.ts';
import { type Publishing, toIssueParameters, toRepositoryParameters } from './publishing.ts';
import type { SurfaceOf } from './surface-of.ts';

/** A reaction to a comment or to the issue. GitHub keeps one of a kind, so sending it twice does no harm. */
export function ensureReaction(
  publishing: Publishing,
  wanted: Wanted & { readonly surface: SurfaceOf<'reaction'> },
): Promise<SurfaceReference> {
  const { subject, surface } = wanted;
  const { content, commentId } = surface;
  const { rest } = publishing.clientFor(subject.repository, 'issues');

  function react() {
    return commentId === undefined
      ? rest.reactions.createForIssue({ ...toIssueParameters(subject), content })
      : rest.reactions.createForIssueComment({
          ...toRepositoryParameters(subject),
          comment_id: commentId,
          content,
        });
  }

  function apply(digest: string): Write<Written> {
    return {
      lookUp: () => Promise.resolve(null),
      async send() {
        try {
          const { data } = await react();
          return { number: data.id, url: '', digest };
        } catch (error) {
          if (statusOf(error) === 404) {
            // The comment was deleted: nobody is left to see it.
            return { number: 0, url: '', digest };
          }
          throw error;
        }
      },
    };
  }

  return ensureWritten(publishing, wanted, {
    create: (_effectKey, digest) => apply(digest),
    update: (_at, digest) => apply(digest),
  });
}
