import { pino } from 'pino';
import { Probot } from 'probot';
import { describe, expect, test } from 'vitest';
import { bindInbox } from '../../src/github/bind-inbox.ts';
import { createDeliver } from '../../src/github/create-deliver.ts';
import { webhooks } from '../../src/github/webhooks/registry.gen.ts';
import type { Delivery, Inbox } from '../../src/ports/inbox.ts';
import { labeled, pullClosed } from './support/payloads.ts';

const GUID = '72d3162e-cc78-11e3-81ab-4c9367dc0958';

function open(put: Inbox['put']) {
  const probot = new Probot({ appId: 1, privateKey: 'unused', secret: 'x', log: pino({ level: 'silent' }) });
  bindInbox(probot, webhooks, { put });
  return createDeliver(probot);
}

describe('src/github/bind-inbox.ts', () => {
  test('stores what Probot receives, with only the fields that are used', async () => {
    const stored: Delivery[] = [];
    const receive = open((delivery) => {
      stored.push(delivery);
      return Promise.resolve('stored');
    });
    await receive({ guid: GUID, event: 'issues', payload: { ...labeled, unused: 1 } });
    await receive({ guid: GUID, event: 'issues', payload: { ...pullClosed, action: 'labeled' } });
    await receive({ guid: GUID, event: 'push', payload: {} });
    expect(stored).toEqual([{ guid: GUID, event: 'issues', payload: labeled }]);
  });

  test('lets Probot answer an error when the inbox fails', async () => {
    const receive = open(() => Promise.reject(new Error('disk full')));
    await expect(receive({ guid: GUID, event: 'issues', payload: labeled })).rejects.toThrow('disk full');
  });
});
