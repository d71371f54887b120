import { html } from 'hono/html';
import type { Issue } from '../state/issue.ts';
import type { Repository } from '../state/repository.ts';
import { layout } from './layout.ts';
import { conversation } from './parts/conversation.ts';
import { issueHead } from './parts/issue-head.ts';
import { labelEditor } from './parts/label-editor.ts';
import { postForm } from './parts/post-form.ts';
import { repositoryHead } from './parts/repository-head.ts';
import type { Html, View } from './view.ts';

/** One issue with its conversation and labels. */
export function issuePage(view: View, repository: Repository, issue: Issue): Html {
  return layout(
    view,
    `${issue.title} · #${issue.number}`,
    html`${repositoryHead(repository)} ${issueHead(issue)}
      <div class="columns">
        <section>${conversation(repository, issue)}</section>
        ${labelEditor(repository, issue)}
      </div>`,
  );
}

/** The form for a new issue. */
export function newIssuePage(view: View, repository: Repository): Html {
  return layout(
    view,
    `New issue · ${repository.fullName}`,
    html`${repositoryHead(repository)}
      <h1>New issue</h1>
      ${postForm(
        { action: `/${repository.fullName}/issues`, back: view.path, look: 'stack' },
        html`<input name="title" placeholder="Title" required maxlength="256" aria-label="Title" />
          <textarea name="body" rows="10" placeholder="Description (Markdown)" aria-label="Description"></textarea>
          <div class="row"><button class="primary">Create</button></div>`,
      )}`,
  );
}
