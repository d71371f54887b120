import { html, raw } from 'hono/html';
import type { CheckRun } from '../../state/check-run.ts';
import type { Repository } from '../../state/repository.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import type { Html, View } from '../view.ts';
import { postForm } from './post-form.ts';

/** A check run with its report, annotations and buttons. */
export function checkRunBox(view: View, repository: Repository, run: CheckRun): Html {
  const base = `/${repository.fullName}/runs/${run.id}`;
  const back = view.path;
  const folded = run.conclusion === 'success' && back !== base;
  const state = run.conclusion ?? run.status;
  return html`<details class="check" ${folded ? '' : 'open'}>
    <summary>
      <span class="state ${state}">${state}</span> <a href="${base}">${run.name}</a>
      <span class="quiet">${run.output.title ?? ''}</span>
    </summary>
    <div class="markdown">${markdown(run.output.summary)} ${markdown(run.output.text)}</div>
    ${run.annotations.map(
      (annotation) => html`<div class="annotation ${annotation.level}">
        <code>${annotation.path}:${annotation.startLine}</code> <strong>${annotation.title ?? annotation.level}</strong>
        <p>${annotation.message}</p>
      </div>`,
    )}
    <div class="row">
      ${run.actions.map((action) =>
        postForm(
          { action: `${base}/actions`, back },
          html`<input type="hidden" name="identifier" value="${action.identifier}" />
              <button title="${action.description}">${action.label}</button>`,
        ),
      )}
      ${postForm({ action: `${base}/rerequest`, back }, html`<button>Re-run</button>`)}
    </div>
  </details>`;
}

function markdown(text: string | null): Html | '' {
  return text === null ? '' : html`${raw(renderMarkdown(text))}`;
}
