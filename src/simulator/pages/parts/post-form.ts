import { html } from 'hono/html';
import type { Html } from '../view.ts';

type Post = {
  readonly action: string;
  /** The page to come back to: the pages tell nobody where they were, not even themselves. */
  readonly back: string;
  readonly look?: 'row' | 'stack';
};

/** A form that does something, and where to go when it is done. */
export function postForm({ action, back, look }: Post, content: Html): Html {
  return html`<form method="post" action="${action}" class="${look ?? 'plain'}">
    <input type="hidden" name="back" value="${back}" />${content}
  </form>`;
}
