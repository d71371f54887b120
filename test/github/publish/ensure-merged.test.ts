import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PullRequestMerge } from '../../../src/ports/code-host.ts';
import { RefusedError } from '../../../src/ports/effects.ts';
import { openGithub } from '../support/open-github.ts';

type Github = Awaited<ReturnType<typeof openGithub>>;

describe('src/github/publish/ensure-merged.ts', () => {
  let github: Github;
  let count = 0;
  let proposed: { number: number; head: string };
  const here = { owner: 'ada', repo: 'shop' };

  beforeAll(async () => {
    github = await openGithub();
  });
  afterAll(async () => {
    await github.close();
  });
  beforeEach(async () => {
    count += 1;
    const { rest } = github.ada;
    const branch = `change-${count}`;
    const { data: main } = await rest.git.getRef({ ...here, ref: 'heads/main' });
    await rest.git.createRef({ ...here, ref: `refs/heads/${branch}`, sha: main.object.sha });
    const content = Buffer.from(`${count}\n`).toString('base64');
    await rest.repos.createOrUpdateFileContents({
      ...here,
      path: `${branch}.txt`,
      branch,
      message: 'x',
      content,
    });
    const { data } = await rest.pulls.create({ ...here, title: 'x', head: branch, base: 'main' });
    proposed = { number: data.number, head: data.head.sha };
  });

  function merge(changes: Partial<PullRequestMerge> = {}) {
    const request = { ...proposed, method: 'squash' as const, runId: `run-${count}`, attempt: 1, ...changes };
    return github.codeHost.mergePullRequest(github.subject.repository, request);
  }

  async function merges(): Promise<number> {
    const { data } = await github.ada.rest.pulls.get({ ...here, pull_number: proposed.number });
    return data.merged ? 1 : 0;
  }

  test('merges it once, also when the answer is lost', async () => {
    github.simulator.inject({ method: 'PUT', path: /\/merge$/, status: 502, when: 'after' });
    const { commit } = await merge().catch(() => merge());
    expect(commit).toMatch(/^[0-9a-f]{40}$/);
    expect(await merge()).toEqual({ commit });
    expect(await merges()).toBe(1);
  });

  test('takes what somebody else has merged', async () => {
    const { data } = await github.ada.rest.pulls.merge({ ...here, pull_number: proposed.number });
    expect(await merge()).toEqual({ commit: data.sha });
  });

  test('merges nothing but the commit that was meant, and may be asked again', async () => {
    const refused = await merge({ head: 'f'.repeat(40) }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(RefusedError);
    expect(await merges()).toBe(0);
    expect(await merge({ attempt: 2 })).toMatchObject({ commit: expect.any(String) });
  });
});
