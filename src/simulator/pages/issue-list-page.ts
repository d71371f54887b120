import { html } from 'hono/html';
import type { Issue } from '../state/issue.ts';
import type { Repository } from '../state/repository.ts';
import { layout } from './layout.ts';
import { toStateWord } from './parts/issue-head.ts';
import { labelChip } from './parts/label-chip.ts';
import { repositoryHead } from './parts/repository-head.ts';
import { toIssuePath } from './parts/to-issue-path.ts';
import type { Html, View } from './view.ts';

/** The issues or the pull requests of a repository, newest first. */
export function issueListPage(view: View, repository: Repository, kind: 'issues' | 'pulls'): Html {
  const issues = [...repository.issues.values()].filter(
    (issue) => (issue.pull !== null) === (kind === 'pulls'),
  );
  const title = kind === 'issues' ? 'Issues' : 'Pull requests';
  return layout(
    view,
    `${title} · ${repository.fullName}`,
    html`${repositoryHead(repository)}
      <h1>${title}</h1>
      ${issues.length === 0 ? html`<p class="quiet">None yet.</p>` : ''}
      <ul class="list">
        ${issues.toReversed().map((issue) => row(repository, issue))}
      </ul>`,
  );
}

function row(repository: Repository, issue: Issue): Html {
  const state = toStateWord(issue);
  return html`<li>
    <span class="state ${state}">${state}</span>
    <a class="title" href="${toIssuePath(repository, issue)}">${issue.title}</a>
    ${issue.labels.map(labelChip)}
    <span class="quiet">#${issue.number} by ${issue.user.login}</span>
  </li>`;
}
