import { html } from 'hono/html';
import type { Issue } from '../../state/issue.ts';
import type { Html } from '../view.ts';
import { moment } from './moment.ts';

/** The state of an issue or pull request in a word. */
export function toStateWord(issue: Issue): 'open' | 'closed' | 'merged' | 'draft' {
  if (issue.pull?.merge) {
    return 'merged';
  }
  return issue.state === 'open' && issue.pull?.draft ? 'draft' : issue.state;
}

/** Title, number and state. */
export function issueHead(issue: Issue): Html {
  const state = toStateWord(issue);
  return html`<h1>${issue.title} <span class="quiet">#${issue.number}</span></h1>
    <p>
      <span class="state ${state}">${state}</span>
      <strong>${issue.user.login}</strong> opened this ${moment(issue.createdAt)}
    </p>`;
}
