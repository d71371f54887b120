import { html } from 'hono/html';
import type { Issue } from '../../state/issue.ts';
import type { Repository } from '../../state/repository.ts';
import type { Html } from '../view.ts';
import { labelChip } from './label-chip.ts';
import { postForm } from './post-form.ts';
import { toIssuePath } from './to-issue-path.ts';

/** The labels of an issue, with a button to take each off and a box to add one. */
export function labelEditor(repository: Repository, issue: Issue): Html {
  const action = `/${repository.fullName}/issues/${issue.number}/labels`;
  const back = toIssuePath(repository, issue);
  const free = [...repository.labels.values()].filter((label) => !issue.labels.includes(label));
  return html`<aside>
    <h2>Labels</h2>
    ${issue.labels.length === 0 ? html`<p class="quiet">None yet.</p>` : ''}
    ${issue.labels.map((label) =>
      postForm(
        { action: `${action}/remove`, back, look: 'row' },
        html`${labelChip(label)}
            <input type="hidden" name="name" value="${label.name}" />
            <button aria-label="Remove ${label.name}">×</button>`,
      ),
    )}
    ${postForm(
      { action, back, look: 'row' },
      html`<input name="name" list="labels" placeholder="Add a label" required maxlength="50" aria-label="Label" />
        <datalist id="labels">${free.map((label) => html`<option value="${label.name}"></option>`)}</datalist>
        <button>Add</button>`,
    )}
  </aside>`;
}
