import { createHmac, randomUUID } from 'node:crypto';
import type { Installation } from '../state/github-app.ts';
import type { Repository } from '../state/repository.ts';
import type { World } from '../state/world.ts';
import type { Delivery } from './delivery.ts';

// GitHub does not deliver larger payloads at all.
const MAX_PAYLOAD_BYTES = 25 * 1024 * 1024;

export type WebhookEvent = {
  readonly event: string;
  readonly repository: Repository;
  readonly payload: { readonly action?: string; readonly sender?: unknown };
};

/** The installation of the App on a repository, unless it is suspended. */
export function findInstallation(world: World, repository: Repository): Installation | null {
  const found = world.installations.find(
    ({ account, repositories, suspended }) =>
      account.id === repository.owner.id &&
      !suspended &&
      (repositories === 'all' || repositories.has(repository.fullName.toLowerCase())),
  );
  return found ?? null;
}

/** True when the App would be told of this event, so that no payload need be made in vain. */
export function isListening(world: World, event: string, repository: Repository): boolean {
  return (
    world.app.webhookUrl !== null &&
    world.app.events.includes(event) &&
    findInstallation(world, repository) !== null
  );
}

/** Queues a webhook for the App, if it listens to the event and is installed on the repository. */
export function emit(world: World, { event, repository, payload }: WebhookEvent): void {
  const url = world.app.webhookUrl;
  const installation = findInstallation(world, repository);
  if (url === null || !installation || !world.app.events.includes(event)) {
    return;
  }
  const body = JSON.stringify(payload);
  if (Buffer.byteLength(body) > MAX_PAYLOAD_BYTES) {
    return;
  }
  const guid = randomUUID();
  world.webhooks.push({
    id: world.nextId(),
    guid,
    event,
    action: payload.action ?? null,
    installationId: installation.id,
    repositoryId: repository.id,
    redelivery: false,
    payload,
    body,
    request: { url, headers: toHeaders(world, { event, guid, body }) },
    outcome: null,
  });
}

/** Queues a delivery again: same GUID and body, signed anew, to the URL of today. */
export function redeliver(world: World, delivery: Delivery): void {
  const { event, guid, body } = delivery;
  world.webhooks.push({
    ...delivery,
    id: world.nextId(),
    redelivery: true,
    request: {
      url: world.app.webhookUrl ?? delivery.request.url,
      headers: toHeaders(world, { event, guid, body }),
    },
    outcome: null,
  });
}

function toHeaders(
  world: World,
  sent: { event: string; guid: string; body: string },
): Record<string, string> {
  return {
    accept: '*/*',
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/simulator',
    'x-github-delivery': sent.guid,
    'x-github-event': sent.event,
    'x-github-hook-id': String(world.app.id),
    'x-github-hook-installation-target-id': String(world.app.id),
    'x-github-hook-installation-target-type': 'integration',
    'x-hub-signature': sign('sha1', world.app.webhookSecret, sent.body),
    'x-hub-signature-256': sign('sha256', world.app.webhookSecret, sent.body),
  };
}

function sign(algorithm: 'sha1' | 'sha256', secret: string, body: string): string {
  return `${algorithm}=${createHmac(algorithm, secret).update(body).digest('hex')}`;
}
