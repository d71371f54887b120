import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../../src/commands/registry.gen.ts';
import type { Intent } from '../../src/domain/intent.ts';
import { parseComment } from '../../src/domain/parse-comment.ts';
import { bindWebhooks } from '../../src/github/bind-webhooks.ts';
import { createIntake } from '../../src/github/intake/create-intake.ts';
import { webhooks } from '../../src/github/webhooks/registry.gen.ts';
import type { Delivery } from '../../src/ports/inbox.ts';
import { openGithub } from './support/open-github.ts';
import { labeled } from './support/payloads.ts';

type Github = Awaited<ReturnType<typeof openGithub>>;

describe('src/github/create-github-app.ts', () => {
  let github: Github;
  const heard: (readonly [string, readonly Intent[]])[] = [];
  const changes: unknown[] = [];

  function handle(intents: readonly Intent[], delivery: Delivery): Promise<void> {
    if (delivery.guid === 'fail') {
      return Promise.reject(new RangeError('the handler broke'));
    }
    heard.push([delivery.event, intents]);
    return Promise.resolve();
  }

  beforeAll(async () => {
    github = await openGithub();
    bindWebhooks(github.app.probot, {
      webhooks,
      context: {
        appId: github.simulator.app.id,
        login: 'baton[bot]',
        parseCommands: (body) => parseComment(body, commands),
        workflowOfLabel: () => null,
        issueOfPullRequest: (body, repositoryId) => github.markers.readIssue(repositoryId, body),
      },
      handle,
      onAccessChange: (change) => changes.push(change),
    });
    await github.app.probot.ready();
  });
  afterAll(async () => {
    await github.close();
  });

  test('hands a stored delivery to the handlers, through Probot', async () => {
    heard.length = 0;
    await github.app.deliver({ guid: randomUUID(), event: 'issues', payload: labeled });
    expect(heard).toMatchObject([['issues', [{ ask: { kind: 'start' } }]]]);
  });

  test('takes the event as `probot receive -e issues.labeled` names it', async () => {
    heard.length = 0;
    await github.app.deliver({ guid: randomUUID(), event: 'issues.labeled', payload: labeled });
    expect(heard).toMatchObject([['issues', [{ ask: { kind: 'start' } }]]]);
  });

  test('rejects with what the handler threw, so that the delivery is tried again', async () => {
    await expect(github.app.deliver({ guid: 'fail', event: 'issues', payload: labeled })).rejects.toThrow(
      RangeError,
    );
  });

  test('says which access was lost', async () => {
    const payload = { action: 'suspend', installation: { id: 77 } };
    await github.app.deliver({ guid: randomUUID(), event: 'installation', payload });
    expect(changes).toEqual([{ installationId: 77, lost: 'all' }]);
  });

  test('hears what people do on GitHub, from the webhook to the intent', async () => {
    heard.length = 0;
    const stored: Delivery[] = [];
    const intake = createIntake({
      path: '/api/github/webhooks',
      secret: github.simulator.app.webhookSecret,
      appId: github.simulator.app.id,
      webhooks,
      inbox: {
        put(delivery) {
          stored.push(delivery);
          return Promise.resolve('stored');
        },
      },
      log: github.app.probot.log,
      ready: () => Promise.resolve(),
    });
    const port = await intake.listen('127.0.0.1', 0);
    github.simulator.setWebhookUrl(`http://127.0.0.1:${port}/api/github/webhooks`);
    const issue = { owner: 'ada', repo: 'shop', issue_number: github.subject.number };
    await github.ada.rest.issues.addLabels({ ...issue, labels: ['baton'] });
    await github.api('mia').rest.issues.createComment({ ...issue, body: '/baton status' });
    await github.codeHost.ensure(github.subject, 'run-1', {
      kind: 'comment',
      key: 'progress',
      body: '/baton cancel',
    });
    await github.ada.rest.issues.update({ ...issue, state: 'closed' });
    await github.simulator.settle();
    for (const delivery of stored) {
      await github.app.deliver(delivery);
    }
    await intake.stop();
    expect(heard.flatMap(([, intents]) => intents.map(({ ask, actor }) => [ask.kind, actor.login]))).toEqual([
      ['start', 'ada'],
      ['status', 'mia'],
      ['cancel', 'ada'],
    ]);
  });
});
