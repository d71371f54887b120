import { html } from 'hono/html';
import type { Delivery } from '../webhooks/delivery.ts';
import { layout } from './layout.ts';
import type { Html, View } from './view.ts';

const MOST_SHOWN = 200;

/** The App's webhook deliveries, newest first, each with its payload and a button to send it again. */
export function deliveriesPage(view: View): Html {
  const deliveries = view.world.webhooks.all().toReversed().slice(0, MOST_SHOWN);
  return layout(
    view,
    'Webhook deliveries',
    html`<h1>Webhook deliveries</h1>
      ${deliveries.length === 0 ? html`<p class="quiet">None yet.</p>` : ''} ${deliveries.map(row)}`,
  );
}

function row(delivery: Delivery): Html {
  const { outcome } = delivery;
  const kind =
    outcome !== null && outcome.statusCode >= 200 && outcome.statusCode < 300 ? 'success' : 'failure';
  const state = outcome === null ? 'queued' : kind;
  return html`<details class="check">
    <summary>
      <span class="state ${state}">${outcome?.statusCode ?? '…'}</span>
      <strong>${delivery.event}${delivery.action === null ? '' : `.${delivery.action}`}</strong>
      <code>${delivery.guid}</code>
      <span class="quiet">
        ${outcome?.status ?? 'waiting'} ${outcome?.deliveredAt ?? ''} ${delivery.redelivery ? '(redelivery)' : ''}
      </span>
    </summary>
    <form method="post" action="/deliveries/${delivery.id}/redeliver"><button>Redeliver</button></form>
    <p class="quiet">Sent to ${delivery.request.url}</p>
    <pre>${JSON.stringify(delivery.payload, null, 2)}</pre>
    <p class="quiet">Answer</p>
    <pre>${outcome?.responseBody ?? ''}</pre>
  </details>`;
}
