import { html } from 'hono/html';
import type { Delivery, DeliveryOutcome } from '../webhooks/delivery.ts';
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
  const name = delivery.action === null ? delivery.event : `${delivery.event}.${delivery.action}`;
  return html`<details class="check">
    <summary>
      ${state(delivery.outcome)} <strong>${name}</strong> <code>${delivery.guid}</code>
      ${delivery.redelivery ? html`<span class="badge">redelivery</span>` : ''}
    </summary>
    <form method="post" action="/deliveries/${delivery.id}/redeliver"><button>Redeliver</button></form>
    <p class="quiet">Sent to ${delivery.request.url}</p>
    <pre>${JSON.stringify(delivery.payload, null, 2)}</pre>
    <p class="quiet">Answer</p>
    <pre>${delivery.outcome?.responseBody ?? ''}</pre>
  </details>`;
}

function state(outcome: DeliveryOutcome | null): Html {
  if (outcome === null) {
    return html`<span class="state queued">waiting</span>`;
  }
  const good = outcome.statusCode >= 200 && outcome.statusCode < 300;
  return html`<span class="state ${good ? 'success' : 'failure'}">${outcome.statusCode}</span>
    <span class="quiet">${outcome.status} ${outcome.deliveredAt}</span>`;
}
