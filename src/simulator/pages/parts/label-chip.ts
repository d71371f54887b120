import { html } from 'hono/html';
import type { Label } from '../../state/label.ts';
import type { Html } from '../view.ts';

/** A label with a dot of its colour. The colour is an attribute, because styles in pages are not allowed. */
export function labelChip(label: Label): Html {
  const color = /^[0-9a-f]{6}$/i.test(label.color) ? label.color : 'ededed';
  return html`<span class="label"
    ><svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
      <circle cx="5" cy="5" r="5" fill="#${color}" /></svg
    >${label.name}</span
  >`;
}
