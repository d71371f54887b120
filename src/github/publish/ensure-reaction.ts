import type { SurfaceReference } from '../../ports/code-host.ts';
import { statusOf } from '../octokit/request-failure.ts';
import { ensureWritten, type Wanted, type Write, type Written } from './ensure-written.ts';
import { nullWhenMissing } from './null-when-missing.ts';
import { type Publishing, toIssueParameters, toRepositoryParameters } from './publishing.ts';
import type { SurfaceOf } from './surface-of.ts';

/** A reaction to a comment or to the issue. GitHub keeps one of a kind. */
export function ensureReaction(
  publishing: Publishing,
  wanted: Wanted & { readonly surface: SurfaceOf<'reaction'> },
): Promise<SurfaceReference> {
  const { subject, surface } = wanted;
  const { content, commentId } = surface;
  const { rest, paginate } = publishing.clientFor(subject.repository, 'issues');

  const issue = { ...toIssueParameters(subject), content };
  const comment = { ...toRepositoryParameters(subject), comment_id: commentId ?? 0, content };

  function react() {
    return commentId === undefined
      ? rest.reactions.createForIssue(issue)
      : rest.reactions.createForIssueComment(comment);
  }

  function list() {
    return commentId === undefined
      ? paginate(rest.reactions.listForIssue, { ...issue, per_page: 100 })
      : paginate(rest.reactions.listForIssueComment, { ...comment, per_page: 100 });
  }

  /** Null also when the comment was deleted, which `send` finds out. */
  async function findOwn() {
    const reactions = await nullWhenMissing(list().then((data) => ({ data })));
    return reactions?.find(({ user }) => user?.login === publishing.login) ?? null;
  }

  function apply(digest: string): Write<Written> {
    return {
      async lookUp() {
        const own = await findOwn();
        return own === null ? null : { number: own.id, url: '', digest };
      },
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
