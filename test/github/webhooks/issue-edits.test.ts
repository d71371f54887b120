import { describe, expect, it } from 'vitest';
import type { Intent } from '../../../src/domain/intent.ts';
import { webhook } from '../../../src/github/webhooks/issues.ts';
import { labeled } from '../support/payloads.ts';

const context = {
  appId: 4242,
  login: 'baton[bot]',
  parseCommands: () => [],
  workflowOfLabel: () => null,
  issueOfPullRequest: () => null,
};

function edited(changes: { readonly body?: string } = {}): Intent | undefined {
  const payload = { ...labeled, action: 'edited', issue: { ...labeled.issue, ...changes } };
  return webhook.toIntents(payload, context)[0];
}

describe('src/github/webhooks/issues: edits', () => {
  it('are told to runs under way, whoever makes them', () => {
    expect(edited()).toMatchObject({
      ask: { kind: 'edited' },
      requires: 'none',
      source: { kind: 'withdrawal', what: 'issue-edited' },
    });
  });

  it('are the same when they say the same, and another in the same second is another', () => {
    expect(edited()?.key).toBe(edited()?.key);
    expect(edited({ body: 'Something else.' })?.key).not.toBe(edited()?.key);
  });
});
