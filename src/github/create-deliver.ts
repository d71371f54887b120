import type { EmitterWebhookEvent } from '@octokit/webhooks';
import type { Probot } from 'probot';
import type { Delivery } from '../ports/inbox.ts';

/** Hands a stored delivery to the handlers; rejects with what they threw, so that the delivery is tried again. */
export type Deliver = (delivery: Delivery) => Promise<void>;

export function createDeliver(probot: Probot): Deliver {
  return async function deliver({ guid, event, payload }) {
    // The intake has checked the payload against the event's schema; Probot's types want all of GitHub's fields.
    const received = { id: guid, name: event, payload } as unknown as EmitterWebhookEvent;
    try {
      await probot.receive(received);
    } catch (error) {
      // Probot gathers what the handlers threw. Baton has one handler per event.
      throw error instanceof AggregateError && error.errors.length === 1 ? error.errors[0] : error;
    }
  };
}
