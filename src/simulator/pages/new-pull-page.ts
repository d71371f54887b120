import { html } from 'hono/html';
import { canSee } from '../auth/require-access.ts';
import { listNetwork } from '../state/fork-network.ts';
import type { Repository } from '../state/repository.ts';
import { layout } from './layout.ts';
import { postForm } from './parts/post-form.ts';
import { repositoryHead } from './parts/repository-head.ts';
import type { Html, View } from './view.ts';

const HEADS = 'refs/heads/';

/** The form for a new pull request, from any branch of the network that the viewer may see. */
export function newPullPage(view: View, repository: Repository): Html {
  const heads = listNetwork(view.world, repository)
    .filter((one) => canSee(view.world, one, { kind: 'user', account: view.viewer }))
    .flatMap((one) => listBranches(one).map((branch) => `${one.owner.login}:${branch}`));
  return layout(
    view,
    `New pull request · ${repository.fullName}`,
    html`${repositoryHead(repository)}
      <h1>New pull request</h1>
      ${postForm(
        { action: `/${repository.fullName}/pulls`, back: view.path, look: 'stack' },
        html`<label>From ${picker('head', heads, null)}</label>
          <label>into ${picker('base', listBranches(repository), repository.defaultBranch)}</label>
          <input name="title" placeholder="Title" required maxlength="256" aria-label="Title" />
          <textarea name="body" rows="10" placeholder="Description (Markdown)" aria-label="Description"></textarea>
          <div class="row">
            <label><input type="checkbox" name="draft" value="true" /> Draft</label>
            <button class="primary">Create</button>
          </div>`,
      )}`,
  );
}

function picker(name: string, branches: readonly string[], picked: string | null): Html {
  return html`<select name="${name}">
    ${branches.map((one) => html`<option value="${one}" ${one === picked ? 'selected' : ''}>${one}</option>`)}
  </select>`;
}

function listBranches(repository: Repository): string[] {
  return [...repository.announcedRefs.keys()]
    .filter((ref) => ref.startsWith(HEADS))
    .map((ref) => ref.slice(HEADS.length));
}
