import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commitFile, openPlayground, type Playground, REPO } from './support/open-playground.ts';

describe('src/simulator/pages', () => {
  let play: Playground;
  const hostile = '<script>alert("x")</script>';

  beforeAll(async () => {
    play = await openPlayground();
    const { rest } = play.as('alice');
    await rest.issues.create({
      ...REPO,
      title: hostile,
      body: `<!-- hidden -->\n**bold** ${hostile}`,
      labels: ['bug'],
    });
    await rest.reactions.createForIssue({ ...REPO, issue_number: 1, content: 'rocket' });
    const sha = await commitFile(play.installation, {
      branch: 'fix',
      path: 'a<b>.txt',
      content: `${hostile}\n`,
    });
    await play.installation.rest.pulls.create({
      ...REPO,
      title: 'Fix',
      head: 'fix',
      base: 'main',
      body: 'Closes #1',
    });
    await play.installation.rest.checks.create({
      ...REPO,
      name: 'gates',
      head_sha: sha,
      conclusion: 'failure',
      output: {
        title: 'One finding',
        summary: '**bad**',
        annotations: [
          { path: 'a', start_line: 7, end_line: 7, annotation_level: 'failure', message: hostile },
        ],
      },
      actions: [{ label: 'Retry', description: 'Again', identifier: 'retry' }],
    });
    await play.simulator.settle();
  });
  afterAll(() => play.close());

  async function view(path: string, user = 'alice') {
    const answer = await fetch(`${play.simulator.url}${path}`, {
      headers: { cookie: `simulator_user=${user}` },
    });
    return { status: answer.status, text: await answer.text(), headers: answer.headers };
  }

  // As a browser does that tells nobody where it came from: what a form hides is sent along.
  async function send(path: string, from: string, fields: Record<string, string>, user = 'alice') {
    const { text } = await view(from, user);
    const form = new RegExp(`<form[^>]* action="${path}"[^>]*>([\\s\\S]*?)</form>`).exec(text)?.[1];
    if (form === undefined) {
      throw new Error(`${from} has no form for ${path}.`);
    }
    const hidden = [...form.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)];
    const answer = await fetch(`${play.simulator.url}${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: `simulator_user=${user}`, origin: play.simulator.url },
      body: new URLSearchParams({
        ...Object.fromEntries(hidden.map(([, name, value]) => [name, value])),
        ...fields,
      }),
    });
    return { status: answer.status, location: answer.headers.get('location') ?? '' };
  }

  test.each([
    ['/', ['acme/shop', 'acme/vault', 'git clone']],
    ['/acme/shop/issues', ['bug', '#1 by alice']],
    ['/acme/shop/issues/1', ['<strong>bold</strong>', '🚀 1', 'Add a label', 'Close this issue']],
    ['/acme/shop/issues/new', ['name="title"']],
    ['/acme/shop/pulls', ['Fix', '#2 by baton[bot]']],
    [
      '/acme/shop/pull/2',
      [
        'gates',
        'One finding',
        'a:7',
        'Retry',
        'Merge pull request',
        'a&lt;b&gt;.txt',
        'feat: a&lt;b&gt;.txt',
      ],
    ],
    ['/deliveries', ['issues.opened', 'pull_request.opened', 'Redeliver']],
  ])('%s shows what is there, and nothing of it is markup', async (path, parts) => {
    const { status, text, headers } = await view(path);
    expect(status).toBe(200);
    for (const part of parts) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain('<script');
    expect(text).not.toContain('<!-- hidden');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    // It would lock a browser out of everything on this machine that speaks plain HTTP.
    expect(headers.get('strict-transport-security')).toBeNull();
  });

  test('shows a check run, the style sheet and faces', async () => {
    const { data } = await play.installation.rest.checks.listForRef({ ...REPO, ref: 'fix' });
    const { text } = await view(`/acme/shop/runs/${data.check_runs[0]?.id}`);
    expect(text).toContain('&lt;script&gt;');
    expect((await view('/style.css')).headers.get('content-type')).toContain('text/css');
    expect((await view(`/avatars/${data.check_runs[0]?.app?.owner?.id}.svg`)).text).toContain('<svg');
  });

  test('hides what the viewer may not see, and says what is missing', async () => {
    expect((await view('/', 'mallory')).text).not.toContain('acme/vault');
    expect((await view('/acme/vault/issues', 'mallory')).status).toBe(404);
    expect((await view('/acme/shop/issues/99')).status).toBe(404);
    expect((await view('/no/such/page/here')).status).toBe(404);
  });

  test('a person can open, comment, label and close', async () => {
    const at = '/acme/shop/issues/3';
    expect(
      await send('/acme/shop/issues', '/acme/shop/issues/new', { title: 'By hand', body: 'b' }, 'bob'),
    ).toEqual({
      status: 303,
      location: '/acme/shop/issues/3',
    });
    const commented = await send(`${at}/comments`, at, { body: 'A word' }, 'bob');
    expect(commented.location).toMatch(/^\/acme\/shop\/issues\/3#issuecomment-\d+$/);
    const labelled = await send(`${at}/labels`, at, { name: 'bug' }, 'bob');
    expect(labelled).toEqual({ status: 303, location: at });
    await send(`${at}/labels`, at, { name: 'question' }, 'bob');
    await send(`${at}/labels/remove`, at, { name: 'bug' }, 'bob');
    await send(`${at}/state`, at, { state: 'closed' }, 'bob');
    const { data } = await play.as('alice').rest.issues.get({ ...REPO, issue_number: 3 });
    expect(data).toMatchObject({
      state: 'closed',
      comments: 1,
      user: { login: 'bob' },
      labels: [{ name: 'question' }],
    });
    const kinds = play.simulator.ledger().filter(({ actor }) => actor === 'bob');
    expect(kinds.map(({ kind }) => kind)).toEqual([
      'issues/create',
      'issues/create-comment',
      'issues/add-labels',
      'issues/add-labels',
      'issues/remove-label',
      'issues/update',
    ]);
  });

  test('says why a form was refused', async () => {
    const at = '/acme/shop/issues/1';
    const { location } = await send(`${at}/labels`, at, { name: 'bug' }, 'mallory');
    expect(location).toMatch(/^\/acme\/shop\/issues\/1\?fault=/);
    expect((await view(location, 'mallory')).text).toContain('Must have write rights to Repository.');
    const onPull = await send('/acme/shop/issues/2/labels', '/acme/shop/pull/2', { name: 'bug' }, 'mallory');
    expect(onPull.location).toMatch(/^\/acme\/shop\/pull\/2\?fault=/);
  });

  test('a person can press a button, approve, merge and redeliver', async () => {
    const { data } = await play.installation.rest.checks.listForRef({ ...REPO, ref: 'fix' });
    const run = `/acme/shop/runs/${data.check_runs[0]?.id}`;
    const at = '/acme/shop/pull/2';
    expect((await send(`${run}/actions`, at, { identifier: 'retry' })).location).toBe(at);
    expect((await send(`${run}/rerequest`, run, {})).location).toBe(run);
    const approved = await send(`${at}/review`, at, { event: 'APPROVE', body: 'good' });
    expect(approved.location).toMatch(/^\/acme\/shop\/pull\/2#pullrequestreview-\d+$/);
    expect((await view(at)).text).toContain(`id="${approved.location.split('#')[1]}"`);
    expect((await send(`${at}/merge`, at, { method: 'squash' })).location).toBe(at);
    await play.simulator.settle();
    expect(play.receiver.names()).toContain('check_run.requested_action');
    expect((await view(at)).text).toContain('Merged by alice');
    expect((await view('/acme/shop/issues/1')).text).toMatch(/state closed/);
    const first = play.simulator.deliveries()[0];
    await send(`/deliveries/${first?.id}/redeliver`, '/deliveries', {});
    await play.simulator.settle();
    expect(play.simulator.deliveries().at(-1)).toMatchObject({ guid: first?.guid, redelivery: true });
  });

  test('lets the viewer be picked, and sends nobody elsewhere', async () => {
    expect(await send('/acting', '/', { login: 'bob', back: '/acme/shop/issues' })).toEqual({
      status: 303,
      location: '/acme/shop/issues',
    });
    for (const back of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example/',
      '/\t/evil.example',
      '',
    ]) {
      expect((await send('/acting', '/', { login: 'bob', back })).location).toBe('/');
      const at = '/acme/shop/issues/1';
      expect((await send(`${at}/labels`, at, { name: 'bug', back })).location).toBe('/');
    }
  });

  test('takes no form from another site, and answers to no other name', async () => {
    const foreign = await fetch(`${play.simulator.url}/acting`, {
      method: 'POST',
      headers: { origin: 'http://evil.example' },
      body: new URLSearchParams({ login: 'bob' }),
    });
    expect(foreign.status).toBe(403);
  });

  test('a person can fork, and open a pull request from the fork', async () => {
    const forked = await send('/acme/shop/forks', '/acme/shop/issues', {}, 'mallory');
    expect(forked.location).toBe('/mallory/shop');
    expect((await view('/mallory/shop/issues')).text).toContain('forked from acme/shop');
    const fork = { owner: 'mallory', repo: 'shop' };
    await play.as('mallory').rest.repos.createOrUpdateFileContents({
      ...fork,
      path: 'theirs.txt',
      message: 'feat: theirs',
      content: Buffer.from('1\n').toString('base64'),
    });
    expect((await view('/acme/shop/pulls/new', 'mallory')).text).toContain('<option value="mallory:main"');
    const wanted = { title: 'Theirs', head: 'mallory:main', base: 'main', draft: 'true' };
    const opened = await send('/acme/shop/pulls', '/acme/shop/pulls/new', wanted, 'mallory');
    const { text } = await view(opened.location);
    expect(text).toContain('<code>mallory:main</code> into <code>main</code>');
    expect(text).toContain('Ready for review');
    const twice = await send('/acme/shop/pulls', '/acme/shop/pulls/new', wanted, 'mallory');
    expect(decodeURIComponent(twice.location)).toContain('already exists for mallory:main');
    const own = await send('/mallory/shop/forks', '/mallory/shop/issues', {}, 'mallory');
    expect(decodeURIComponent(own.location)).toContain('cannot fork your own repository');
  });
});
