import { html } from 'hono/html';
import type { Issue } from '../../state/issue.ts';
import type { Repository } from '../../state/repository.ts';
import type { Html } from '../view.ts';
import { commentBox } from './comment-box.ts';
import { postForm } from './post-form.ts';
import { toIssuePath } from './to-issue-path.ts';

/** The body, the comments, and the form for one more. */
export function conversation(repository: Repository, issue: Issue): Html {
  const comments = [...repository.comments.values()].filter(
    (comment) => comment.issueNumber === issue.number,
  );
  const base = `/${repository.fullName}/issues/${issue.number}`;
  const back = toIssuePath(repository, issue);
  return html`${commentBox({
    id: 'body',
    user: issue.user,
    at: issue.createdAt,
    body: issue.body,
    reactions: issue.reactions,
  })}
    ${comments.map((comment) =>
      commentBox({
        id: `issuecomment-${comment.id}`,
        user: comment.user,
        at: comment.updatedAt,
        body: comment.body,
        reactions: comment.reactions,
      }),
    )}
    ${postForm(
      { action: `${base}/comments`, back, look: 'stack' },
      html`<textarea name="body" rows="4" required placeholder="Leave a comment" aria-label="Comment"></textarea>
        <div class="row"><button class="primary">Comment</button></div>`,
    )}
    ${postForm(
      { action: `${base}/state`, back, look: 'row' },
      html`<input type="hidden" name="state" value="${issue.state === 'open' ? 'closed' : 'open'}" />
        <button>${issue.state === 'open' ? 'Close' : 'Reopen'} this ${issue.pull ? 'pull request' : 'issue'}</button>`,
    )}`;
}
