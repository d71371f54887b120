import { html } from 'hono/html';
import type { Repository } from '../../state/repository.ts';
import type { Html } from '../view.ts';
import { postForm } from './post-form.ts';

/** The name of a repository with the ways into it. */
export function repositoryHead(repository: Repository): Html {
  const base = `/${repository.fullName}`;
  return html`<nav class="repository">
    <a class="name" href="${base}/issues">${repository.fullName}</a>
    ${repository.private ? html`<span class="badge">private</span>` : ''}
    <a href="${base}/issues">Issues</a>
    <a href="${base}/pulls">Pull requests</a>
    <a class="button" href="${base}/issues/new">New issue</a>
    <a class="button" href="${base}/pulls/new">New pull request</a>
    ${postForm({ action: `${base}/forks`, back: `${base}/issues` }, html`<button>Fork</button>`)}
    ${repository.parent ? html`<span class="quiet">forked from ${repository.parent.fullName}</span>` : ''}
  </nav>`;
}
