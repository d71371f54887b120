import { html } from 'hono/html';
import type { ChangedFile } from '../../git/changed-files.ts';
import type { Html } from '../view.ts';

/** The changed files, each folded open with its hunks. */
export function diffView(files: readonly ChangedFile[]): Html {
  return html`${files.map(
    (file) => html`<details class="file" open>
      <summary>
        <code>${file.path}</code>
        <span class="quiet">${file.status}</span>
        <span class="added">+${file.additions}</span> <span class="removed">−${file.deletions}</span>
      </summary>
      <pre class="diff">${file.patch === null ? 'No text to show.' : file.patch.split('\n').map(diffLine)}</pre>
    </details>`,
  )}`;
}

function diffLine(line: string): Html {
  const kinds: Readonly<Record<string, string>> = { '+': 'added', '-': 'removed', '@': 'hunk' };
  return html`<span class="${kinds[line.charAt(0)] ?? 'same'}">${line}</span>`;
}
