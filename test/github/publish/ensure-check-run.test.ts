import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SurfaceInput } from '../../../src/domain/surface.ts';
import { openGithub } from '../support/open-github.ts';

type Github = Awaited<ReturnType<typeof openGithub>>;
type CheckRunInput = Extract<SurfaceInput, { kind: 'check-run' }>;

describe('src/github/publish/ensure-check-run.ts', () => {
  let github: Github;
  let sha = '';
  let owner = '';
  let count = 0;
  const here = { owner: 'ada', repo: 'shop' };

  beforeAll(async () => {
    github = await openGithub();
    sha = (await github.ada.rest.git.getRef({ ...here, ref: 'heads/main' })).data.object.sha;
  });
  afterAll(async () => {
    await github.close();
  });
  beforeEach(() => {
    count += 1;
    owner = `run-${count}`;
  });

  function check(over: Partial<CheckRunInput> = {}): CheckRunInput {
    return {
      kind: 'check-run',
      key: 'gate:tests',
      name: `baton / tests ${owner}`,
      sha,
      conclusion: 'failure',
      title: 'Two tests fail',
      summary: 'See below.',
      ...over,
    };
  }

  function annotations(number: number) {
    return Array.from({ length: number }, (_, index) => ({
      path: 'README.md',
      line: 1,
      level: 'warning' as const,
      message: `finding ${index}`,
    }));
  }

  function ensure(over?: Partial<CheckRunInput>) {
    return github.codeHost.ensure(github.subject, owner, check(over));
  }

  async function ours() {
    const query = { ...here, ref: sha, check_name: check().name, filter: 'all' as const };
    return (await github.ada.rest.checks.listForRef(query)).data.check_runs;
  }

  async function shownAnnotations(id: number) {
    const query = { ...here, check_run_id: id, per_page: 100 };
    const all = await github.ada.paginate(github.ada.rest.checks.listAnnotations, query);
    return all.map(({ message }) => message);
  }

  test('posts it completed, in one request', async () => {
    await ensure({ annotations: annotations(3) });
    const writes = github.simulator.ledger().length;
    await ensure({ annotations: annotations(3) });
    expect(github.simulator.ledger()).toHaveLength(writes);
    expect(github.simulator.ledger().filter(({ path }) => path.includes('/check-runs'))).toHaveLength(1);
    expect(await ours()).toMatchObject([
      {
        status: 'completed',
        conclusion: 'failure',
        output: { title: 'Two tests fail', annotations_count: 3 },
      },
    ]);
  });

  test('is not written again when only its answer was lost', async () => {
    const writes = github.simulator.ledger().length;
    github.simulator.inject({ method: 'POST', path: /\/check-runs$/, when: 'after', status: 'reset' });
    await expect(ensure({ annotations: annotations(3), text: 'All of it.' })).rejects.toThrow();
    await ensure({ annotations: annotations(3), text: 'All of it.' });
    expect(github.simulator.ledger()).toHaveLength(writes + 1);
  });

  test('sends annotations in lots of 50, each once', async () => {
    const { number } = await ensure({ annotations: annotations(123) });
    expect(await shownAnnotations(number)).toEqual(annotations(123).map(({ message }) => message));
  });

  test.each(['before', 'after'] as const)(
    'doubles no lot when a request is lost %s GitHub took it',
    async (when) => {
      const path = /\/check-runs\/\d+$/;
      github.simulator.inject({ method: 'PATCH', path, when, status: 'reset' });
      await expect(ensure({ annotations: annotations(180) })).rejects.toThrow();
      const { number } = await ensure({ annotations: annotations(180) });
      expect(await shownAnnotations(number)).toEqual(annotations(180).map(({ message }) => message));
      expect(await ours()).toHaveLength(1);
    },
  );

  test('sends no more than 500 annotations and says so', async () => {
    const { number } = await ensure({ annotations: annotations(10_000) });
    expect(await shownAnnotations(number)).toHaveLength(500);
    expect((await ours())[0]?.output.summary).toContain('9500 more annotations are not shown.');
  });

  test('finds its own check run when the answer to the creation is lost', async () => {
    github.simulator.inject({ method: 'POST', path: /\/check-runs$/, when: 'after', status: 504 });
    await expect(ensure({ annotations: annotations(60) })).rejects.toThrow();
    const { number } = await ensure({ annotations: annotations(60) });
    expect((await ours()).map(({ id }) => id)).toEqual([number]);
    expect(await shownAnnotations(number)).toHaveLength(60);
  });

  test('turns a waiting check with buttons into a decided one', async () => {
    const actions = [{ identifier: 'reject', label: 'Reject', description: 'Send it back' }];
    const waiting = await ensure({ conclusion: 'action_required', actions });
    expect(await ensure({ conclusion: 'success', title: 'Approved by ada' })).toEqual(waiting);
    expect(await ours()).toMatchObject([{ conclusion: 'success', output: { title: 'Approved by ada' } }]);
  });

  test('names the issue and the effect, so that a pressed button finds its run', async () => {
    await ensure();
    expect((await ours())[0]?.external_id).toBe(
      `${github.subject.number}/${owner}/gate:tests@${sha.slice(0, 12)}/create/0`,
    );
  });

  test('cuts texts that GitHub would not take, at a character', async () => {
    await ensure({ title: `line\nbreak ${'🎈'.repeat(300)}`, summary: '🎈'.repeat(70_000) });
    const output = (await ours())[0]?.output;
    expect(output?.title).toMatch(/^line break (?:🎈)+…$/u);
    expect(output?.summary).toMatch(/^(?:🎈)+…$/u);
  });

  test('says which permission is missing', async () => {
    const body = { message: 'Resource not accessible by integration' };
    github.simulator.inject({ method: 'POST', path: /\/check-runs$/, status: 403, body, times: 9 });
    await expect(ensure()).rejects.toMatchObject({
      name: 'RefusedError',
      message: expect.stringMatching(/check-runs: 403 Resource not accessible by integration.*permissions/),
    });
  });
});
