import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { commands } from '../../../src/commands/registry.gen.ts';
import { parseComment } from '../../../src/domain/parse-comment.ts';
import type { WebhookContext } from '../../../src/github/webhooks/parts/define-webhook.ts';
import { webhooks } from '../../../src/github/webhooks/registry.gen.ts';
import { commented, envelope, issue, labeled, pressed, pullClosed } from '../support/payloads.ts';

const context: WebhookContext = {
  appId: 4242,
  login: 'baton[bot]',
  parseCommands: (body) => parseComment(body, commands),
  workflowOfLabel: (name) => (name.toLowerCase() === 'bug' ? 'fix' : null),
  issueOfPullRequest: (body) => (body.includes('marker of 12') ? 12 : null),
};

function toIntents(event: string, payload: unknown) {
  return webhooks
    .filter((webhook) => webhook.event === event)
    .flatMap((webhook) => webhook.toIntents(payload, context));
}

describe('src/github/webhooks/parts/payload.ts', () => {
  test('the same happening under another delivery has the same key', () => {
    expect(toIntents('issues', structuredClone(labeled))).toEqual(toIntents('issues', labeled));
  });

  test('what is stored of a payload says the same as the payload', () => {
    for (const [event, payload] of Object.entries({
      issues: labeled,
      issue_comment: commented,
      pull_request: pullClosed,
      check_run: pressed,
    })) {
      const [webhook] = webhooks.filter((one) => one.event === event);
      expect(webhook?.toIntents(webhook.read(payload), context)).toEqual(
        webhook?.toIntents(payload, context),
      );
    }
  });

  test('a database can store what texts are left', () => {
    const [intent] = toIntents('issues', { ...labeled, issue: { ...issue, title: 'a\0b\ud800c' } });
    expect(intent?.ticket.title).toBe('ab\ufffdc');
  });

  test('the ticket has the labels of the issue', () => {
    const withLabels = {
      ...labeled,
      issue: {
        ...issue,
        labels: [
          { id: 1, name: 'a\0b' },
          { id: 2, name: 'c' },
        ],
      },
    };
    expect(toIntents('issues', withLabels)[0]?.ticket.labels).toEqual(['ab', 'c']);
  });

  test('a payload that was stored before labels were kept has none', () => {
    const { labels: _, ...before } = issue;
    expect(toIntents('issues', { ...labeled, issue: before })[0]?.ticket.labels).toEqual([]);
  });

  test.each([
    ['issues', 'issue'],
    ['pull_request', 'pull_request'],
  ])('the labels of the example payloads of %s reach the ticket', (event, field) => {
    const anyLabel = { ...context, workflowOfLabel: () => 'fix' };
    const heard = (new Map(readExamples()).get(event) ?? []).flatMap((payload) => {
      const { labels = [] } = exampleSchema.parse(payload[field]);
      const here = { ...payload, installation: envelope.installation };
      const intents = webhooks
        .filter((webhook) => webhook.event === event)
        .flatMap((webhook) => webhook.toIntents(here, anyLabel));
      return intents.map(({ ticket }) => ({ ticket: ticket.labels, issue: labels.map(({ name }) => name) }));
    });
    expect(heard.filter(({ issue: had }) => had.length > 0).length).toBeGreaterThan(0);
    for (const { ticket, issue: had } of heard) {
      expect(ticket).toEqual(had);
    }
  });

  test.each(readExamples())('takes every example payload of %s without a throw', (_event, payloads) => {
    for (const payload of payloads) {
      for (const webhook of webhooks) {
        expect(() => [webhook.toIntents(payload, context), webhook.toAccessChange(payload)]).not.toThrow();
      }
    }
  });

  test('reads the example payloads of the events it listens to, when they come from an installation', () => {
    const examples = new Map(readExamples());
    for (const webhook of webhooks) {
      const heard = (examples.get(webhook.event) ?? []).filter(
        (payload) => webhook.actions.includes(String(payload['action'])) && 'installation' in payload,
      );
      for (const payload of heard) {
        expect(webhook.read(payload), `${webhook.event}.${String(payload['action'])}`).not.toBeNull();
      }
    }
  });
});

const exampleSchema = z.object({ labels: z.array(z.object({ name: z.string() })).optional() });

type Payload = Record<string, unknown>;

/** All payloads of @octokit/webhooks-examples for github.com, by event. */
function readExamples(): [string, Payload[]][] {
  const index = createRequire(import.meta.url).resolve('@octokit/webhooks-examples');
  const examples: { name: string; examples: Payload[] }[] = JSON.parse(readFileSync(index, 'utf8'));
  return examples.map(({ name, examples: payloads }) => [name, payloads]);
}
