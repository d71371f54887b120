import { describe, expect, test } from 'vitest';
import type { Webhook, WebhookContext } from '../../src/github/webhooks/parts/define-webhook.ts';
import { webhooks as registry } from '../../src/github/webhooks/registry.gen.ts';

const WEBHOOKS: readonly Webhook[] = registry;
const CONTEXT: WebhookContext = {
  appId: 1,
  login: 'baton[bot]',
  parseCommands: () => [{ ask: { kind: 'status' }, requires: 'triage', ordinal: 0 }],
  workflowOfLabel: () => null,
  issueOfPullRequest: () => 1,
};
const NONSENSE: readonly unknown[] = [
  null,
  undefined,
  5,
  'text',
  [],
  {},
  { action: 'opened' },
  { action: {}, repository: [], sender: null },
  JSON.parse('{"__proto__": {"action": "created"}}'),
];

describe.each(WEBHOOKS)('webhook $name', (webhook) => {
  test('is named after its event', () => {
    expect(webhook.name).toBe(webhook.event.replaceAll('_', '-'));
  });

  test('says in whole sentences what is heard in it', () => {
    expect(webhook.summary).toMatch(/^[A-Z].*\.$/s);
  });

  test('lists the actions it hears', () => {
    expect(webhook.actions.length).toBeGreaterThan(0);
    expect(new Set(webhook.actions).size).toBe(webhook.actions.length);
  });

  test.each(NONSENSE)('makes nothing of nonsense: %j', (payload) => {
    expect(webhook.read(payload)).toBeNull();
    expect(webhook.toIntents(payload, CONTEXT)).toEqual([]);
    expect(webhook.toAccessChange(payload)).toBeNull();
  });
});

describe('webhooks', () => {
  test('hear each event in one place', () => {
    const events = WEBHOOKS.map(({ event }) => event);
    expect(new Set(events).size).toBe(events.length);
  });
});
