import { describe, expect, test } from 'vitest';
import { webhook } from '../../../src/github/webhooks/issue-comment.ts';
import type { WebhookContext } from '../../../src/github/webhooks/parts/define-webhook.ts';
import { comment, commented } from '../support/payloads.ts';

const context: WebhookContext = {
  appId: 4242,
  login: 'baton[bot]',
  parseCommands: () => [{ ordinal: 0, ask: { kind: 'status' }, requires: 'none' }],
  workflowOfLabel: () => null,
  issueOfPullRequest: () => null,
};

const bot = { id: 99, login: 'baton[bot]', type: 'Bot' };

describe('src/github/webhooks/issue-comment.ts', () => {
  const ours = { ...comment, performed_via_github_app: { id: 4242 }, user: bot };
  const edited = {
    ...commented,
    action: 'edited',
    comment: { ...ours, updated_at: '2026-01-02T03:06:00Z' },
  };

  test('what somebody makes of a comment of ours is remembered, and asks for nothing', () => {
    expect(webhook.toCommentEdit(edited, context)).toEqual({
      commentId: 71,
      body: '/baton status',
      at: '2026-01-02T03:06:00Z',
    });
    expect(webhook.concernsUs(edited)).toBe(true);
    expect(webhook.toIntents(edited, context)).toEqual([]);
  });

  test.each([
    ['of our own', { ...edited, sender: bot }],
    ['of what a person wrote', { ...edited, comment }],
  ])('one %s is not even stored', (_name, payload) => {
    expect(webhook.concernsUs(payload)).toBe(false);
    expect(webhook.toCommentEdit(payload, context)).toBeNull();
  });

  test('one of a comment of another App is not ours to remember', () => {
    const other = { ...edited, comment: { ...ours, performed_via_github_app: { id: 7 } } };
    expect(webhook.toCommentEdit(other, context)).toBeNull();
  });

  test('a new comment is no edit', () => {
    expect(webhook.toCommentEdit(commented, context)).toBeNull();
    expect(webhook.concernsUs(commented)).toBe(true);
  });
});
