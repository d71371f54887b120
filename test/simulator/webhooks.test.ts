import { createServer } from 'node:http';
import { pino } from 'pino';
import { createNodeMiddleware, Probot, ProbotOctokit } from 'probot';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openPlayground, type Playground, REPO, SECRET } from './support/open-playground.ts';

describe('src/simulator/webhooks', () => {
  let play: Playground;

  beforeAll(async () => {
    play = await openPlayground();
  });
  beforeEach(async () => {
    await play.simulator.settle();
    play.simulator.setWebhookUrl(play.receiver.url);
    play.receiver.received.length = 0;
  });
  afterAll(() => play.close());

  function openIssue(title: string) {
    return play.as('alice').rest.issues.create({ ...REPO, title });
  }

  test('signs, and says who, where and for which installation', async () => {
    await openIssue('First');
    await play.simulator.settle();
    expect(play.receiver.received).toHaveLength(1);
    expect(play.receiver.received[0]).toMatchObject({
      event: 'issues',
      action: 'opened',
      signed: true,
      payload: {
        issue: { title: 'First', user: { login: 'alice', type: 'User' } },
        repository: { full_name: 'acme/shop', owner: { type: 'Organization' } },
        organization: { login: 'acme' },
        installation: { id: 9001 },
        sender: { login: 'alice' },
      },
    });
  });

  test('keeps the order', async () => {
    const { data } = await openIssue('Ordered');
    const one = { ...REPO, issue_number: data.number };
    await play.as('alice').rest.issues.addLabels({ ...one, labels: ['bug', 'question'] });
    await play.as('alice').rest.issues.createComment({ ...one, body: 'a' });
    await play.as('alice').rest.issues.update({ ...one, title: 'Renamed', state: 'closed' });
    await play.simulator.settle();
    expect(play.receiver.names()).toEqual([
      'issues.opened',
      'issues.labeled',
      'issues.labeled',
      'issue_comment.created',
      'issues.edited',
      'issues.closed',
    ]);
  });

  test('says nothing of repositories without the App', async () => {
    await play.as('alice').rest.issues.create({ owner: 'acme', repo: 'elsewhere', title: 'Unheard' });
    await play.simulator.settle();
    expect(play.receiver.received).toEqual([]);
  });

  test('records what a receiver answered, and redelivers under the same GUID', async () => {
    play.receiver.answerWith(500);
    await openIssue('Refused');
    await play.simulator.settle();
    play.receiver.answerWith(200);
    const [failed] = (await play.app.rest.apps.listWebhookDeliveries()).data;
    expect(failed).toMatchObject({ event: 'issues', action: 'opened', status_code: 500, redelivery: false });
    const { status } = await play.app.rest.apps.redeliverWebhookDelivery({ delivery_id: failed?.id ?? 0 });
    expect(status).toBe(202);
    await play.simulator.settle();
    const guids = play.receiver.received.map(({ guid }) => guid);
    expect(guids).toEqual([failed?.guid, failed?.guid]);
    const [again] = (await play.app.rest.apps.listWebhookDeliveries()).data;
    expect(again).toMatchObject({ guid: failed?.guid, redelivery: true, status: 'OK' });
    const { data } = await play.app.rest.apps.getWebhookDelivery({ delivery_id: again?.id ?? 0 });
    expect(data.response.payload).toBe('heard');
    expect(data.request.payload).toMatchObject({ issue: { title: 'Refused' } });
  });

  test('records a receiver that is down, and does not try again', async () => {
    play.simulator.setWebhookUrl('http://127.0.0.1:9/hook');
    await openIssue('Nobody home');
    await play.simulator.settle();
    expect(play.simulator.deliveries().at(-1)?.outcome).toMatchObject({
      statusCode: 0,
      status: 'failed to connect to host',
    });
    expect(play.receiver.received).toEqual([]);
  });

  test('drops, doubles and delays deliveries when told to', async () => {
    const others = Promise.withResolvers<void>();
    play.simulator.injectDelivery({ event: 'issues', action: 'opened', fault: 'drop' });
    play.simulator.injectDelivery({ event: 'issues', action: 'opened', fault: 'duplicate' });
    play.simulator.injectDelivery({ event: 'issues', action: 'opened', fault: { until: others.promise } });
    for (const title of ['dropped', 'doubled', 'late', 'last']) {
      await openIssue(title);
    }
    await expect.poll(() => play.receiver.received.length).toBe(3);
    others.resolve();
    await play.simulator.settle();
    const titles = play.receiver.received.map(({ payload }) => payload['issue']);
    expect(titles).toMatchObject([
      { title: 'doubled' },
      { title: 'doubled' },
      { title: 'last' },
      { title: 'late' },
    ]);
    expect(play.receiver.received[0]?.guid).toBe(play.receiver.received[1]?.guid);
  });

  test('lets the App say where they go', async () => {
    play.simulator.setWebhookUrl(null);
    await openIssue('Before');
    // As a parameter of its own, Octokit would take `url` for the address of the request.
    await play.app.request('PATCH /app/hook/config', { data: { url: play.receiver.url } });
    expect((await play.app.rest.apps.getWebhookConfigForApp()).data).toMatchObject({
      url: play.receiver.url,
      secret: '********',
    });
    await openIssue('After');
    await play.simulator.settle();
    expect(play.receiver.received.map(({ payload }) => payload['issue'])).toMatchObject([{ title: 'After' }]);
  });

  test('drives a Probot application, which answers as its bot', async () => {
    const log = pino({ level: 'silent' });
    const { app } = play.simulator;
    const probot = new Probot({
      appId: app.id,
      privateKey: app.privateKey,
      secret: SECRET,
      baseUrl: `${play.simulator.url}/api/v3`,
      log,
      Octokit: ProbotOctokit.defaults((options: object) => ({
        ...options,
        throttle: { enabled: false },
        retry: { enabled: false },
      })),
    });
    const middleware = await createNodeMiddleware(
      (robot) => {
        robot.on('issues.labeled', async (context) => {
          await context.octokit.rest.issues.createComment(context.issue({ body: 'Seen' }));
        });
      },
      { probot, webhooksPath: '/hook' },
    );
    const server = createServer((request, response) => void middleware(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    play.simulator.setWebhookUrl(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/hook`);
    const { data: issue } = await openIssue('For Probot');
    const one = { ...REPO, issue_number: issue.number };
    await play.as('alice').rest.issues.addLabels({ ...one, labels: ['bug'] });
    await play.simulator.settle();
    const { data } = await play.as('alice').rest.issues.listComments(one);
    expect(data).toMatchObject([
      {
        body: 'Seen',
        user: { login: 'baton[bot]', type: 'Bot' },
        performed_via_github_app: { slug: 'baton' },
      },
    ]);
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });
});
