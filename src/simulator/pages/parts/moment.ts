import { html } from 'hono/html';
import type { Html } from '../view.ts';

/** A time as a person reads it, to the minute; all times are UTC. */
export function moment(iso: string): Html {
  return html`<time datetime="${iso}">${iso.slice(0, 16).replace('T', ' ')} UTC</time>`;
}
