import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commitFile, openPlayground, type Playground, REPO, statusOf } from './support/open-playground.ts';

describe('src/simulator/operations/check-runs.ts', () => {
  let play: Playground;
  let sha: string;
  let id: number;

  function note(line: number) {
    return {
      path: 'a.txt',
      start_line: line,
      end_line: line,
      annotation_level: 'warning' as const,
      message: `line ${line}`,
    };
  }

  beforeAll(async () => {
    play = await openPlayground();
    sha = await commitFile(play.installation, { branch: 'checked', path: 'a.txt', content: '1\n2\n' });
    await play.installation.rest.pulls.create({ ...REPO, title: 'P', head: 'checked', base: 'main' });
    const { data } = await play.installation.rest.checks.create({
      ...REPO,
      name: 'gates',
      head_sha: sha,
      status: 'in_progress',
      external_id: 'run-1',
      output: { title: 'T', summary: 'S', text: 'long', annotations: [note(1)] },
      actions: [{ label: 'Retry', description: 'Try again', identifier: 'retry' }],
    });
    id = data.id;
  });
  afterAll(() => play.close());

  test('belongs to the App, its commit and the pull request', async () => {
    const { data } = await play.installation.rest.checks.get({ ...REPO, check_run_id: id });
    expect(data).toMatchObject({
      head_sha: sha,
      status: 'in_progress',
      conclusion: null,
      external_id: 'run-1',
      app: { id: 777, slug: 'baton' },
      pull_requests: [{ number: 1, head: { ref: 'checked', sha } }],
      output: { title: 'T', annotations_count: 1 },
    });
    expect(data).not.toHaveProperty('actions');
  });

  test('adds annotations with each update and keeps the text it is not given', async () => {
    const update = {
      ...REPO,
      check_run_id: id,
      output: { title: 'T2', summary: 'S2', annotations: [note(2)] },
    };
    const { data } = await play.installation.rest.checks.update(update);
    expect(data.output).toMatchObject({ title: 'T2', summary: 'S2', text: 'long', annotations_count: 2 });
    const { data: listed } = await play.installation.rest.checks.listAnnotations({
      ...REPO,
      check_run_id: id,
    });
    expect(listed.map(({ message, start_line }) => [message, start_line])).toEqual([
      ['line 1', 1],
      ['line 2', 2],
    ]);
  });

  test('is completed by a conclusion and reopened by a status', async () => {
    function update(body: object) {
      return play.installation.rest.checks.update({ ...REPO, check_run_id: id, ...body });
    }
    const { data: done } = await update({ conclusion: 'failure' });
    expect(done).toMatchObject({
      status: 'completed',
      conclusion: 'failure',
      completed_at: expect.any(String),
    });
    const { data: again } = await update({ status: 'in_progress' });
    expect(again).toMatchObject({ status: 'in_progress', conclusion: null, completed_at: null });
  });

  test('is found by ref, name and App, the latest of its name', async () => {
    const { rest } = play.installation;
    const { data: second } = await rest.checks.create({
      ...REPO,
      name: 'gates',
      head_sha: sha,
      conclusion: 'success',
    });
    function list(more: object) {
      return rest.checks.listForRef({ ...REPO, ref: 'checked', ...more });
    }
    expect((await list({})).data.check_runs.map((run) => run.id)).toEqual([second.id]);
    expect((await list({ filter: 'all' })).data.total_count).toBe(2);
    expect((await list({ check_name: 'other' })).data.total_count).toBe(0);
    expect((await list({ app_id: 1 })).data.check_runs).toEqual([]);
    const { data: suites } = await rest.checks.listSuitesForRef({ ...REPO, ref: 'checked' });
    expect(suites.check_suites).toMatchObject([
      { app: { slug: 'baton' }, head_branch: 'checked', status: 'in_progress' },
    ]);
  });

  test('tells the App who pressed which button', async () => {
    function press(login: string, identifier: string) {
      return statusOf(
        play.as(login).request('POST /repos/{owner}/{repo}/check-runs/{id}/requested_action', {
          ...REPO,
          id,
          identifier,
        }),
      );
    }
    expect(await press('alice', 'retry')).toBe(202);
    expect(await press('alice', 'unknown')).toBe(422);
    expect(await press('mallory', 'retry')).toBe(403);
    await play.simulator.settle();
    const pressed = play.receiver.received.filter(({ action }) => action === 'requested_action');
    expect(pressed).toMatchObject([
      { sender: 'alice', payload: { requested_action: { identifier: 'retry' }, check_run: { id } } },
    ]);
  });

  test('asks the App to run again, without changing the run', async () => {
    expect(await statusOf(play.as('alice').rest.checks.rerequestRun({ ...REPO, check_run_id: id }))).toBe(
      201,
    );
    const { data: suites } = await play.installation.rest.checks.listSuitesForRef({ ...REPO, ref: sha });
    const suite = { ...REPO, check_suite_id: suites.check_suites[0]?.id ?? 0 };
    expect(await statusOf(play.as('alice').rest.checks.rerequestSuite(suite))).toBe(201);
    await play.simulator.settle();
    expect(play.receiver.names().slice(-2)).toEqual(['check_run.rerequested', 'check_suite.rerequested']);
    const { data } = await play.installation.rest.checks.get({ ...REPO, check_run_id: id });
    expect(data.status).toBe('in_progress');
  });
});
