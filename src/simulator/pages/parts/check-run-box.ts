import { html, raw } from 'hono/html';
import type { CheckRun } from '../../state/check-run.ts';
import type { Repository } from '../../state/repository.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import type { Html } from '../view.ts';

/** A check run with its report, annotations and buttons. */
export function checkRunBox(repository: Repository, run: CheckRun, fold: 'open' | 'folded'): Html {
  const base = `/${repository.fullName}/runs/${run.id}`;
  const state = run.conclusion ?? run.status;
  return html`<details class="check" ${fold === 'open' ? 'open' : ''}>
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
      ${run.actions.map(
        (action) => html`<form method="post" action="${base}/actions">
          <input type="hidden" name="identifier" value="${action.identifier}" />
          <button title="${action.description}">${action.label}</button>
        </form>`,
      )}
      <form method="post" action="${base}/rerequest"><button>Re-run</button></form>
    </div>
  </details>`;
}

function markdown(text: string | null): Html | '' {
  return text === null ? '' : html`${raw(renderMarkdown(text))}`;
}
