import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { WebhookContext } from '../../../src/github/webhooks/parts/define-webhook.ts';
import { webhook } from '../../../src/github/webhooks/pull-request.ts';
import { envelope, label, pull, pullOpened } from '../support/payloads.ts';

const context: WebhookContext = {
  appId: 4242,
  login: 'baton[bot]',
  parseCommands: () => [],
  workflowOfLabel: () => null,
  issueOfPullRequest: () => null,
};
const BOT = { id: 99, login: 'helper[bot]', type: 'Bot' };
const SHA = pull.head.sha;
const FORK = { ref: 'prices', sha: SHA, repo: { id: 501 } };
const OURS = pull.head;
const CHANGE = { headSha: SHA, baseRef: 'main', fork: false };

/** Without the preview of the configuration, which all but forks get. */
function hear(action: string, changes: object = {}, envelopeChanges: object = {}) {
  return hearAll(action, changes, envelopeChanges).filter(({ ask }) => ask.kind !== 'preview');
}

function hearAll(action: string, changes: object = {}, envelopeChanges: object = {}) {
  const payload = {
    ...pullOpened,
    action,
    ...envelopeChanges,
    pull_request: { ...pullOpened.pull_request, ...changes },
  };
  return webhook.toIntents(payload, context);
}

/** What is asked, shortly: the cancelling of reviews of older heads is left out, since every push asks for it. */
function asksOf(action: string, changes?: object, envelopeChanges?: object): string[] {
  return hear(action, changes, envelopeChanges).flatMap(({ ask, source }) =>
    source.kind === 'withdrawal' && source.head !== undefined ? [] : [ask.kind],
  );
}

describe('src/github/webhooks/pull-request', () => {
  test('one that is opened asks for the review of its head, in the name of who opened it', () => {
    expect(hear('opened')).toEqual([
      {
        key: `pull-request:500:9002:${SHA}:review:2026-01-02T03:04:05Z`,
        ask: { kind: 'start', workflow: 'review' },
        subject: { repository: { id: 500, owner: 'ada', name: 'shop', installationId: 77 }, number: 14 },
        actor: { id: 11, login: 'ada' },
        requires: 'write',
        source: { kind: 'pull-request', what: 'opened' },
        at: '2026-01-02T03:04:05Z',
        ticket: expect.objectContaining({ title: 'Show prices' }),
        change: CHANGE,
      },
    ]);
  });

  test.each([
    ['opened', 'opened'],
    ['ready_for_review', 'opened'],
    ['synchronize', 'synchronize'],
  ])('%s is asked as %s', (action, what) => {
    const intents = hear(action).filter(({ ask }) => ask.kind === 'start');
    expect(intents).toMatchObject([{ source: { kind: 'pull-request', what }, change: CHANGE }]);
  });

  test.each([
    ['a draft', { draft: true }, {}],
    ['opened by a program', {}, { sender: BOT }],
    ['of a run', { head: OURS }, { sender: BOT }],
    ['of a run, opened by hand', { head: OURS }, {}],
    ['for a branch where agents write', { base: { ref: 'baton/12-show-prices-a1b2' } }, {}],
    ['a draft of a fork', { draft: true, head: FORK }, {}],
    ['of a fork, opened by a program', { head: FORK }, { sender: BOT }],
    ['without a commit', { head: { ...FORK, sha: '' } }, {}],
  ])('one that is %s asks for no review', (_name, changes, envelopeChanges) => {
    for (const action of ['opened', 'ready_for_review']) {
      expect(hear(action, changes, envelopeChanges)).toEqual([]);
    }
    expect(asksOf('synchronize', changes, envelopeChanges)).not.toContain('start');
  });

  test.each(['opened', 'ready_for_review', 'synchronize'])('of a fork, %s starts nothing', (action) => {
    for (const repo of [{ id: 501 }, null]) {
      const intents = hear(action, { head: { ...FORK, repo } });
      expect(intents.filter(({ ask }) => ask.kind === 'start')).toEqual([]);
      expect(intents.filter(({ ask }) => ask.kind === 'new-head')).toMatchObject([
        { requires: 'none', subject: { number: 14 } },
      ]);
    }
  });

  test.each([
    ['a person', {}],
    ['a program', { sender: BOT }],
  ])('a push by %s ends what is said of older heads', (_who, envelopeChanges) => {
    expect(hear('synchronize', {}, envelopeChanges)[0]).toMatchObject({
      ask: { kind: 'cancel', reason: `commit ${SHA.slice(0, 7)} was pushed` },
      subject: { number: 14 },
      requires: 'none',
      source: { kind: 'withdrawal', what: 'pushed', head: SHA },
    });
  });

  test.each([
    ['opened', {}, {}, 1],
    ['synchronize', {}, {}, 1],
    ['opened', { draft: true }, {}, 1],
    ['opened', { head: OURS }, { sender: BOT }, 1],
    ['ready_for_review', {}, {}, 0],
    ['opened', { head: FORK }, {}, 0],
    ['synchronize', { head: FORK }, {}, 0],
  ])('%s with %j, by %j, previews the configuration %i times', (action, changes, envelopeChanges, times) => {
    const previews = hearAll(action, changes, envelopeChanges).filter(({ ask }) => ask.kind === 'preview');
    expect(previews).toHaveLength(times);
  });

  test('a push to the branch of a run is told to that run', () => {
    expect(hear('synchronize', { head: OURS })).toMatchObject([
      { subject: { number: 14 }, ask: { kind: 'cancel' } },
      {
        key: `pull-request:500:9002:${SHA}:moved:2026-01-02T03:04:05Z`,
        subject: { number: 12 },
        ask: { kind: 'moved', head: SHA },
        requires: 'none',
        source: { kind: 'withdrawal', what: 'pushed', branch: OURS.ref },
      },
    ]);
    expect(asksOf('synchronize', { head: OURS }, { sender: BOT })).toEqual([]);
    expect(asksOf('synchronize', { head: { ...OURS, repo: { id: 501 } } })).toEqual(['new-head']);
  });

  test('the same head that comes back is another request, the same delivery is not', () => {
    const again = hear('synchronize', { updated_at: '2026-01-02T09:00:00Z' }).map(({ key }) => key);
    const first = hear('synchronize').map(({ key }) => key);
    expect(hear('synchronize').map(({ key }) => key)).toEqual(first);
    expect(new Set([...first, ...again]).size).toBe(4);
  });

  test('a label counts for the head that the event tells, of a fork too', () => {
    const named = { label: { ...label, name: 'baton:review' } };
    expect(hear('labeled', { head: FORK }, named)).toMatchObject([
      {
        ask: { kind: 'start', workflow: 'review' },
        requires: 'write',
        source: { kind: 'label', label: 'baton:review' },
        change: { headSha: SHA, fork: true },
      },
    ]);
    expect(hear('labeled', { head: FORK }, { ...named, sender: BOT })).toMatchObject([
      { source: { byProgram: true } },
    ]);
    expect(hear('unlabeled', { head: FORK }, named)).toMatchObject([{ ask: { kind: 'cancel' } }]);
  });

  test.each(['edited', 'reopened', 'review_requested', 'assigned'])('%s is not heard', (action) => {
    expect(webhook.actions).not.toContain(action);
    expect(hear(action)).toEqual([]);
  });

  test.each(['opened', 'ready_for_review', 'synchronize', 'closed', 'labeled', 'unlabeled'])(
    'understands the example payloads of %s',
    (action) => {
      const examples = readExamples().filter((payload) => payload['action'] === action);
      for (const payload of examples) {
        const here = { ...payload, installation: envelope.installation };
        expect(webhook.read(here)).not.toBeNull();
        const head = z
          .object({ pull_request: z.object({ head: z.object({ sha: z.string() }) }) })
          .parse(here);
        const changes = webhook.toIntents(here, context).flatMap(({ change }) => change ?? []);
        for (const change of changes) {
          expect(change.headSha).toBe(head.pull_request.head.sha);
        }
      }
      expect(examples.length).toBeGreaterThan(0);
    },
  );

  test('a merge of ours is told as such; what a run only judges is not there to be merged any more', () => {
    expect(hear('closed', { merged: true, head: OURS })).toMatchObject([
      { ask: { kind: 'merged' }, subject: { number: 12 }, source: { branch: OURS.ref } },
    ]);
    expect(hear('closed', { merged: true, head: { ...OURS, ref: 'prices' } })).toMatchObject([
      { ask: { kind: 'cancel', reason: 'the pull request was merged' }, subject: { number: pull.number } },
    ]);
  });
});

/** The payloads of pull requests that GitHub publishes. */
function readExamples(): readonly Readonly<Record<string, unknown>>[] {
  const index = createRequire(import.meta.url).resolve('@octokit/webhooks-examples');
  const all = z
    .array(z.object({ name: z.string(), examples: z.array(z.record(z.string(), z.unknown())) }))
    .parse(JSON.parse(readFileSync(index, 'utf8')));
  return all.filter(({ name }) => name === 'pull_request').flatMap(({ examples }) => examples);
}
