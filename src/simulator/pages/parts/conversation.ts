import { html } from 'hono/html';
import type { Issue } from '../../state/issue.ts';
import type { Repository } from '../../state/repository.ts';
import type { Html } from '../view.ts';
import { commentBox } from './comment-box.ts';

/** The body, the comments, and the form for one more. */
export function conversation(repository: Repository, issue: Issue): Html {
  const comments = [...repository.comments.values()].filter(
    (comment) => comment.issueNumber === issue.number,
  );
  const base = `/${repository.fullName}/issues/${issue.number}`;
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
    <form method="post" action="${base}/comments" class="stack">
      <textarea name="body" rows="4" required placeholder="Leave a comment" aria-label="Comment"></textarea>
      <div class="row"><button class="primary">Comment</button></div>
    </form>
    <form method="post" action="${base}/state" class="row">
      <input type="hidden" name="state" value="${issue.state === 'open' ? 'closed' : 'open'}" />
      <button>${issue.state === 'open' ? 'Close' : 'Reopen'} this ${issue.pull ? 'pull request' : 'issue'}</button>
    </form>`;
}
