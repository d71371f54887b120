import { html } from 'hono/html';
import type { CheckRun } from '../state/check-run.ts';
import type { Repository } from '../state/repository.ts';
import { layout } from './layout.ts';
import { checkRunBox } from './parts/check-run-box.ts';
import { repositoryHead } from './parts/repository-head.ts';
import type { Html, View } from './view.ts';

/** One check run. */
export function checkRunPage(view: View, repository: Repository, run: CheckRun): Html {
  return layout(
    view,
    `${run.name} · ${repository.fullName}`,
    html`${repositoryHead(repository)}
      <h1>${run.name}</h1>
      <p class="quiet">on <code>${run.headSha}</code></p>
      ${checkRunBox(view, repository, run)}`,
  );
}
