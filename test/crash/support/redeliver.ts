import { createSign } from 'node:crypto';
import type { Delivery, Simulator } from '../../../src/simulator/simulator.ts';

/** Asks GitHub to send a delivery again, as the App's operator does. The GUID stays. */
export async function redeliver(simulator: Simulator, { id }: Delivery): Promise<void> {
  const response = await fetch(`${simulator.url}/app/hook/deliveries/${id}/attempts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${toAppToken(simulator)}` },
  });
  if (response.status !== 202) {
    throw new Error(`Delivery ${id} was not sent again: ${response.status} ${await response.text()}`);
  }
}

/** What happened, and Baton was not told: it was down. */
export function missedDeliveries(simulator: Simulator): Delivery[] {
  const all = simulator.deliveries();
  const told = new Set(all.filter(isAccepted).map(({ guid }) => guid));
  const waiting = new Set(all.filter(({ outcome }) => outcome === null).map(({ guid }) => guid));
  return all.filter(({ redelivery, guid }) => !redelivery && !told.has(guid) && !waiting.has(guid));
}

function isAccepted({ outcome }: Delivery): boolean {
  return outcome !== null && outcome.statusCode >= 200 && outcome.statusCode < 300;
}

function toAppToken({ app }: Simulator): string {
  const now = Math.floor(Date.now() / 1000);
  const parts = [
    { alg: 'RS256', typ: 'JWT' },
    { iat: now - 10, exp: now + 300, iss: app.id },
  ];
  const text = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${text}.${createSign('RSA-SHA256').update(text).sign(app.privateKey, 'base64url')}`;
}
