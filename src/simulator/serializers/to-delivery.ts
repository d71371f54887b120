import type { Delivery } from '../webhooks/delivery.ts';
import type { Rest } from './schemas.ts';

/** A delivery in the App's log. */
export function toDeliveryItem(delivery: Delivery): Rest['hook-delivery-item'] {
  const { outcome } = delivery;
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: outcome?.deliveredAt ?? new Date().toISOString(),
    redelivery: delivery.redelivery,
    duration: outcome?.durationSeconds ?? 0,
    status: outcome?.status ?? 'pending',
    status_code: outcome?.statusCode ?? 0,
    event: delivery.event,
    action: delivery.action,
    installation_id: delivery.installationId,
    repository_id: delivery.repositoryId,
    throttled_at: null,
  };
}

/** A delivery with what was sent and answered. */
export function toDelivery(delivery: Delivery): Rest['hook-delivery'] {
  const { outcome } = delivery;
  return {
    ...toDeliveryItem(delivery),
    url: delivery.request.url,
    request: { headers: { ...delivery.request.headers }, payload: { ...delivery.payload } },
    response: {
      headers: outcome ? { ...outcome.responseHeaders } : null,
      payload: outcome?.responseBody ?? null,
    },
  };
}
