import { html } from 'hono/html';
import { canSee } from '../auth/require-access.ts';
import { roleOf } from '../auth/role-of.ts';
import type { Repository } from '../state/repository.ts';
import { layout } from './layout.ts';
import type { Html, View } from './view.ts';

/** All repositories the viewer may see. */
export function homePage(view: View): Html {
  const { world, viewer } = view;
  const seen = [...world.repositories.values()].filter((one) =>
    canSee(world, one, { kind: 'user', account: viewer }),
  );
  return layout(
    view,
    'Simulated GitHub',
    html`<h1>Repositories</h1>
      <ul class="list">
        ${seen.map((repository) => row(view, repository))}
      </ul>
      <p class="quiet">
        The App is <strong>${world.app.name}</strong> (id ${world.app.id}). Its webhooks go to
        ${world.app.webhookUrl ?? 'nowhere yet'}.
      </p>`,
  );
}

function row({ world, viewer }: View, repository: Repository): Html {
  const open = [...repository.issues.values()].filter((issue) => issue.state === 'open');
  const pulls = open.filter((issue) => issue.pull).length;
  return html`<li>
    <a class="title" href="/${repository.fullName}/issues">${repository.fullName}</a>
    ${repository.private ? html`<span class="badge">private</span>` : ''}
    <span class="quiet">
      ${open.length - pulls} open issues, ${pulls} open pull requests; you have the role
      ${roleOf(world, repository, viewer)}
    </span>
    ${repository.description === null ? '' : html`<p>${repository.description}</p>`}
    <p><code>git clone ${world.url}/${repository.fullName}.git</code></p>
  </li>`;
}
