import { describe, expect, test } from 'vitest';
import { commands } from '../../../src/commands/registry.gen.ts';
import { parseComment } from '../../../src/domain/parse-comment.ts';
import type { WebhookContext } from '../../../src/github/webhooks/parts/define-webhook.ts';
import { webhooks } from '../../../src/github/webhooks/registry.gen.ts';
import { cpuMs } from '../../support/cpu-ms.ts';
import {
  comment,
  commented,
  envelope,
  issue,
  label,
  labeled,
  pressed,
  pull,
  pullClosed,
} from '../support/payloads.ts';

const context: WebhookContext = {
  appId: 4242,
  login: 'baton[bot]',
  parseCommands: (body) => parseComment(body, commands),
  workflowOfLabel: (name) => (name.toLowerCase() === 'bug' ? 'fix' : null),
  issueOfPullRequest: (body) => (body.includes('marker of 12') ? 12 : null),
};

const bot = { id: 99, login: 'helper[bot]', type: 'Bot' };

function toIntents(event: string, payload: unknown) {
  return webhooks
    .filter((webhook) => webhook.event === event)
    .flatMap((webhook) => webhook.toIntents(payload, context));
}

describe('src/github/webhooks', () => {
  describe('labels', () => {
    test('the trigger label asks to start, in the name of who put it on, with the issue as it stood', () => {
      expect(toIntents('issues', labeled)).toEqual([
        {
          key: 'label:500:9001:31:2026-01-02T03:04:05Z',
          ask: { kind: 'start', workflow: null },
          subject: { repository: { id: 500, owner: 'ada', name: 'shop', installationId: 77 }, number: 12 },
          actor: { id: 11, login: 'ada' },
          requires: 'write',
          source: { kind: 'label', label: 'baton' },
          at: '2026-01-02T03:04:05Z',
          ticket: {
            title: 'Show prices',
            body: 'In euros, please.',
            author: { id: 13, login: 'rex' },
            url: 'https://github.example/ada/shop/issues/12',
            labels: ['baton', 'area/prices'],
          },
        },
      ]);
    });

    test.each([
      ['baton', { kind: 'start', workflow: null }],
      ['Baton', { kind: 'start', workflow: null }],
      ['baton:feature', { kind: 'start', workflow: 'feature' }],
      ['bug', { kind: 'start', workflow: 'fix' }],
    ])('the label %s asks for %j', (name, ask) => {
      const [intent] = toIntents('issues', { ...labeled, label: { ...label, name } });
      expect(intent?.ask).toEqual(ask);
    });

    test.each([
      'baton: waiting',
      'baton:',
      'batonx',
      'baton:../x',
      'baton:$(id)',
      'baton\n',
      'help wanted',
      'type:frontend',
      '',
    ])('the label %j asks for nothing', (name) => {
      expect(toIntents('issues', { ...labeled, label: { ...label, name } })).toEqual([]);
      expect(toIntents('issues', { ...labeled, action: 'unlabeled', label: { ...label, name } })).toEqual([]);
    });

    test('a bot asks as a program, which is answered and not done', () => {
      const source = { kind: 'label', label: 'baton', byProgram: true };
      expect(toIntents('issues', { ...labeled, sender: bot })).toMatchObject([{ source, requires: 'write' }]);
      expect(toIntents('issues', { ...labeled, sender: bot, action: 'unlabeled' })).toEqual([]);
    });

    test('what we put on ourselves asks for nothing, also when a workflow claims it', () => {
      const ourselves = { id: 7, login: context.login, type: 'Bot' };
      expect(toIntents('issues', { ...labeled, sender: ourselves })).toEqual([]);
      const claimed = { ...label, name: 'bug' };
      expect(toIntents('issues', { ...labeled, sender: ourselves, label: claimed })).toEqual([]);
    });

    test('taking it off asks to cancel', () => {
      expect(toIntents('issues', { ...labeled, action: 'unlabeled' })).toMatchObject([
        {
          ask: { kind: 'cancel' },
          requires: 'none',
          source: { kind: 'withdrawal', what: 'label-removed' },
        },
      ]);
    });

    test('works on pull requests as on issues', () => {
      const payload = { action: 'labeled', ...envelope, pull_request: pull, label };
      expect(toIntents('pull_request', payload)).toMatchObject([
        {
          ask: { kind: 'start', workflow: null },
          subject: { number: 14 },
          change: { headSha: pull.head.sha, baseRef: 'main', fork: false },
        },
      ]);
    });
  });

  test('closing the issue asks to cancel, whoever could close it', () => {
    const closed = {
      ...labeled,
      action: 'closed',
      sender: bot,
      issue: { ...issue, closed_at: '2026-01-03T00:00:00Z' },
    };
    expect(toIntents('issues', closed)).toMatchObject([
      {
        key: 'closed:500:9001:2026-01-03T00:00:00Z',
        ask: { kind: 'cancel' },
        requires: 'none',
        source: { kind: 'withdrawal', what: 'issue-closed' },
      },
    ]);
  });

  test.each(['deleted', 'transferred'])('an issue that was %s stops its run', (action) => {
    expect(toIntents('issues', { ...labeled, action })).toMatchObject([
      { ask: { kind: 'cancel', reason: `the issue was ${action}` }, requires: 'none' },
    ]);
  });

  describe('comments', () => {
    test('every command of a new comment is an intent of its author', () => {
      const body = '/baton approve 3f9c21a07b4e\n/baton retry Use the parser.';
      const intents = toIntents('issue_comment', { ...commented, comment: { ...comment, body } });
      expect(intents).toMatchObject([
        {
          key: 'comment:500:71:0',
          ask: { kind: 'approve', digest: '3f9c21a07b4e' },
          actor: { id: 11, login: 'ada' },
          requires: 'write',
          source: { kind: 'comment', commentId: 71, ordinal: 0 },
          at: '2026-01-02T03:05:06Z',
        },
        { key: 'comment:500:71:1', ask: { kind: 'retry', guidance: 'Use the parser.' } },
      ]);
    });

    test('in the pull request of a run it is about the issue of the run', () => {
      const about = { ...issue, number: 14, pull_request: {}, user: bot };
      const ours = { ...commented, issue: { ...about, body: 'with the marker of 12' } };
      expect(toIntents('issue_comment', ours)[0]?.subject.number).toBe(12);
      expect(toIntents('issue_comment', { ...commented, issue: about })[0]?.subject.number).toBe(14);
    });

    test.each([
      ['a stranger', 'NONE', 14],
      ['a former contributor', 'CONTRIBUTOR', 14],
      ['a collaborator', 'COLLABORATOR', 12],
    ])('in the pull request of %s a copied marker (%s) leads to issue %i', (_who, association, number) => {
      const about = { ...issue, number: 14, pull_request: {}, author_association: association };
      const copied = { ...commented, issue: { ...about, body: 'with the marker of 12' } };
      expect(toIntents('issue_comment', copied)[0]?.subject.number).toBe(number);
    });

    test('the marker counts only in pull requests, since anybody writes issues', () => {
      const payload = { ...commented, issue: { ...issue, number: 15, body: 'marker of 12' } };
      expect(toIntents('issue_comment', payload)[0]?.subject.number).toBe(15);
    });

    test.each([
      ['edited', { ...commented, action: 'edited' }],
      ['sent by a bot', { ...commented, sender: bot }],
      ['written by a bot', { ...commented, comment: { ...comment, user: bot } }],
      [
        'written through an App',
        { ...commented, comment: { ...comment, performed_via_github_app: { id: 1 } } },
      ],
      ['not the sender’s own', { ...commented, comment: { ...comment, user: { ...comment.user, id: 12 } } }],
      ['of a deleted account', { ...commented, comment: { ...comment, user: null } }],
      [
        'without a command',
        { ...commented, comment: { ...comment, body: 'I would not /baton approve this.' } },
      ],
      ['quoting one', { ...commented, comment: { ...comment, body: '> /baton approve' } }],
    ])('a comment that is %s asks for nothing', (_name, payload) => {
      expect(toIntents('issue_comment', payload)).toEqual([]);
    });

    test.each([' ', '<!--', '![', '/baton ', '>', '`', '\n'])(
      '256 KiB of %j take hardly any time',
      (piece) => {
        const body = piece.repeat(Math.ceil(262_144 / piece.length));
        const startedAt = cpuMs();
        toIntents('issue_comment', { ...commented, comment: { ...comment, body } });
        expect(cpuMs() - startedAt).toBeLessThan(500);
      },
    );
  });

  describe('pull requests', () => {
    test('closing the pull request of a run asks to cancel the run of its issue', () => {
      expect(toIntents('pull_request', pullClosed)).toMatchObject([
        {
          key: `pull-request:500:9002:${pull.head.sha}:closed`,
          ask: { kind: 'cancel', reason: 'the pull request was closed' },
          subject: { number: 12 },
          requires: 'none',
          source: { kind: 'withdrawal', what: 'pull-request-closed' },
        },
      ]);
    });

    test.each([
      ['another branch', { ...pull.head, ref: 'feature' }],
      ['a fork', { ...pull.head, repo: { id: 501 } }],
      ['a deleted fork', { ...pull.head, repo: null }],
      ['a branch that looks like ours', { ...pull.head, ref: 'baton/12x' }],
    ])('one of %s is about itself', (_name, head) => {
      const payload = { ...pullClosed, pull_request: { ...pull, head } };
      expect(toIntents('pull_request', payload)).toMatchObject([{ subject: { number: 14 } }]);
    });

    test('closing one by what we push ourselves ends nothing', () => {
      const ourselves = { id: 7, login: context.login, type: 'Bot' };
      expect(toIntents('pull_request', { ...pullClosed, sender: ourselves })).toEqual([]);
      expect(toIntents('pull_request', { ...pullClosed, sender: bot })).toHaveLength(1);
    });
  });

  describe('buttons', () => {
    function press(identifier: string) {
      return { ...pressed, requested_action: { identifier } };
    }

    test.each([
      ['approve:3f9c21a07b4e', { kind: 'approve', digest: '3f9c21a07b4e' }],
      ['reject:3f9c21a07b4e', { kind: 'reject', digest: '3f9c21a07b4e' }],
      ['retry', { kind: 'retry', guidance: '' }],
      ['choose:2:abc123', { kind: 'choose', option: 2, stamp: 'abc123' }],
    ])('%s asks what the command asks, of the same people', (identifier, ask) => {
      expect(toIntents('check_run', press(identifier))).toMatchObject([
        {
          key: `button:500:81:${identifier}:11:2026-01-02T03:00:01Z`,
          ask,
          subject: { number: 12 },
          actor: { id: 11, login: 'ada' },
          requires: 'write',
          source: { kind: 'button', checkRunId: 81 },
        },
      ]);
    });

    test('Re-run asks for a retry', () => {
      const { requested_action: _none, ...rest } = pressed;
      expect(toIntents('check_run', { ...rest, action: 'rerequested' })).toMatchObject([
        { ask: { kind: 'retry' } },
      ]);
    });

    test.each([
      ['another App’s check run', { ...pressed, check_run: { ...pressed.check_run, app: { id: 1 } } }],
      ['a check run without an App', { ...pressed, check_run: { ...pressed.check_run, app: null } }],
      ['one without a run', { ...pressed, check_run: { ...pressed.check_run, external_id: '' } }],
      ['an unknown button', press('lgtm|26764')],
      ['a property of objects', press('constructor')],
      ['a bot', { ...pressed, sender: bot }],
    ])('%s asks for nothing', (_name, payload) => {
      expect(toIntents('check_run', payload)).toEqual([]);
    });
  });

  describe('installations', () => {
    function changes(event: string, payload: unknown) {
      return webhooks.filter((one) => one.event === event).map((one) => one.toAccessChange(payload));
    }

    test('removing the App takes all access away', () => {
      const payload = { action: 'deleted', installation: { id: 77 } };
      expect(changes('installation', payload)).toEqual([{ installationId: 77, lost: 'all' }]);
    });

    test('removing repositories takes the access to them away', () => {
      const payload = { action: 'removed', installation: { id: 77 }, repositories_removed: [{ id: 500 }] };
      expect(changes('installation_repositories', payload)).toEqual([{ installationId: 77, lost: [500] }]);
    });
  });
});
