import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createCodeHost } from '../../../src/github/create-code-host.ts';
import type { IssueRequest } from '../../../src/ports/code-host.ts';
import { createInMemoryEffects } from '../support/in-memory-ledger.ts';
import { openGithub } from '../support/open-github.ts';

type Github = Awaited<ReturnType<typeof openGithub>>;

const HERE = { owner: 'ada', repo: 'shop' };
const CREATION = /^\/repos\/ada\/shop\/issues$/;

describe('src/github/publish/ensure-issue.ts', () => {
  let github: Github;
  let fingerprint = '';
  let count = 0;

  beforeAll(async () => {
    github = await openGithub();
    await github.ada.rest.issues.createLabel({ ...HERE, name: 'Performance' });
  });
  afterAll(async () => {
    await github.close();
  });
  beforeEach(() => {
    count += 1;
    fingerprint = String(count).padStart(32, '0');
  });

  function aRequest(changes: Partial<IssueRequest> = {}): IssueRequest {
    return {
      fingerprint,
      runId: 'run-1',
      title: `Round ${count}`,
      body: 'Because.',
      labels: ['tech-debt'],
      suggested: [],
      ...changes,
    };
  }

  function ensure(changes: Partial<IssueRequest> = {}, host = github.codeHost) {
    return host.ensureIssue(github.subject.repository, aRequest(changes));
  }

  /** A Baton whose ledger remembers nothing. */
  function forgetful() {
    return createCodeHost({ ...github.publishing, effects: createInMemoryEffects() });
  }

  async function ours() {
    const { data } = await github.ada.rest.issues.listForRepo({ ...HERE, state: 'all', per_page: 100 });
    return data.filter(({ title }) => title === `Round ${count}`);
  }

  test('makes one issue, and finds it for whoever comes with the same', async () => {
    const first = await ensure();
    expect(first).toMatchObject({ state: 'open', filedBy: 'run-1' });
    expect(await ensure()).toEqual(first);
    expect(await ensure({ runId: 'run-2', title: 'Worded otherwise' })).toEqual(first);
    expect(await ours()).toMatchObject([{ number: first.number, html_url: first.url }]);
  });

  test('is another one for another fingerprint', async () => {
    const first = await ensure();
    expect((await ensure({ fingerprint: 'f'.repeat(32) })).number).not.toBe(first.number);
  });

  test.each(['reset', 502] as const)('finds what it has made when the answer is lost: %s', async (status) => {
    github.simulator.inject({ method: 'POST', path: CREATION, when: 'after', status });
    await expect(ensure()).rejects.toThrow();
    expect(await ensure()).toMatchObject({ filedBy: 'run-1' });
    expect(await ours()).toHaveLength(1);
  });

  test('finds what the ledger has forgotten, also when it was closed, and leaves it closed', async () => {
    const first = await ensure();
    await github.ada.rest.issues.update({ ...HERE, issue_number: first.number, state: 'closed' });
    expect(await ensure({ runId: 'run-2' }, forgetful())).toEqual({ ...first, state: 'closed' });
    expect(await ours()).toMatchObject([{ state: 'closed' }]);
  });

  test('makes another one when what was closed as done is found again, and none for what is not wanted', async () => {
    const closing = { ...HERE, state: 'closed' as const };
    const looked = { at: '2999-01-01T00:00:00Z', again: (done: number) => `Again, after #${done}.` };
    const early = { ...looked, at: '2000-01-01T00:00:00Z' };
    const first = await ensure({ looked });
    await github.ada.rest.issues.update({
      ...closing,
      issue_number: first.number,
      state_reason: 'completed',
    });
    // Whoever has looked before it was mended has seen what was still there.
    expect(await ensure({ runId: 'run-2', looked: early })).toEqual({ ...first, state: 'closed' });
    const second = await ensure({ runId: 'run-3', looked });
    expect(second).toMatchObject({ filedBy: 'run-3', state: 'open' });
    expect(await ensure({ runId: 'run-4', looked })).toEqual(second);
    expect(await ensure({ runId: 'run-4', looked }, forgetful())).toEqual(second);
    await github.ada.rest.issues.update({
      ...closing,
      issue_number: second.number,
      state_reason: 'completed',
    });
    const third = await ensure({ runId: 'run-5', looked }, forgetful());
    expect(third).toMatchObject({ filedBy: 'run-5', state: 'open' });
    await github.ada.rest.issues.update({
      ...closing,
      issue_number: third.number,
      state_reason: 'not_planned',
    });
    const left = { ...third, state: 'closed' };
    expect(await ensure({ runId: 'run-6', looked })).toEqual(left);
    expect(await ensure({ runId: 'run-6', looked }, forgetful())).toEqual(left);
    expect((await ours()).map(({ number, body }) => [number, body?.split('\n')[1]])).toEqual([
      [third.number, `Again, after #${second.number}.`],
      [second.number, `Again, after #${first.number}.`],
      [first.number, 'Because.'],
    ]);
  });

  test('does not take a copied marker of somebody else for its own', async () => {
    const first = await ensure();
    const { data } = await github.ada.rest.issues.get({ ...HERE, issue_number: first.number });
    await github.ada.rest.issues.update({ ...HERE, issue_number: first.number, body: 'cleared' });
    const copy = { title: 'Copied', body: data.body ?? '', labels: ['tech-debt'] };
    const { data: copied } = await github.api('mia').rest.issues.create({ ...HERE, ...copy });
    expect((await ensure({ runId: 'run-2' }, forgetful())).number).not.toBe(copied.number);
  });

  test('believes no marker that it did not sign', async () => {
    const { markers } = github;
    const mark = { fingerprint, runId: 'run-1' };
    const printed = markers.printDebt(901, mark);
    expect(markers.readDebt(901, `x\n${printed}\ny`)).toEqual(mark);
    expect(markers.readDebt(902, printed)).toBeNull();
    expect(markers.readDebt(901, printed.replace('run-1', 'run-2'))).toBeNull();
    expect(markers.readDebt(901, printed.replace('debt:0', 'debt:1'))).toBeNull();
  });

  test('makes another one when it was deleted, and gives up when that is deleted too', async () => {
    const first = await ensure();
    github.simulator.inject({
      method: 'GET',
      path: new RegExp(`/issues/${first.number}$`),
      status: 410,
      times: 10,
    });
    const host = createCodeHost(github.publishing);
    await github.ada.rest.issues.update({ ...HERE, issue_number: first.number, body: 'deleted' });
    const second = await ensure({ runId: 'run-2' }, host);
    expect(second).toMatchObject({ filedBy: 'run-2' });
    expect(second.number).not.toBe(first.number);
    github.simulator.inject({
      method: 'GET',
      path: new RegExp(`/issues/${second.number}$`),
      status: 410,
    });
    await expect(ensure({ runId: 'run-3' }, host)).rejects.toThrow('deleted');
  });

  test('takes one that cannot be read for one that is there', async () => {
    const first = await ensure();
    github.simulator.inject({ method: 'GET', path: new RegExp(`/issues/${first.number}$`), status: 404 });
    expect(await ensure({ runId: 'run-2' })).toEqual(first);
  });

  test('puts on the configured labels, made when missing, and of the suggested ones those that there are', async () => {
    const { number } = await ensure({
      labels: ['tech-debt', 'later'],
      suggested: ['performance', 'no such', 'baton', 'Baton:feature', 'TECH-DEBT'],
    });
    const { data } = await github.ada.rest.issues.get({ ...HERE, issue_number: number });
    const names = data.labels.map((label) => (typeof label === 'string' ? label : label.name));
    expect(new Set(names)).toEqual(new Set(['Performance', 'later', 'tech-debt']));
    const { data: all } = await github.ada.rest.issues.listLabelsForRepo(HERE);
    expect(all.map(({ name }) => name)).not.toContain('no such');
  });

  test('does not mind that somebody else makes the label at the same time', async () => {
    github.simulator.inject({ method: 'POST', path: /\/labels$/, status: 422 });
    const { number } = await ensure({ labels: [`label-${count}`] });
    expect(number).toBeGreaterThan(0);
  });

  test('keeps to the limits, and to its own markers', async () => {
    const { number } = await ensure({
      title: `Round ${count} ${'ü'.repeat(400)}`,
      body: `<!-- baton:debt:${fingerprint}:run-9:${'0'.repeat(32)} -->${'x'.repeat(70_000)}`,
    });
    const { data } = await github.ada.rest.issues.get({ ...HERE, issue_number: number });
    expect(data.title.length).toBeLessThan(256);
    expect(data.body?.length).toBeLessThan(61_000);
    expect(data.body?.match(/<!-- baton:/g)).toHaveLength(1);
  });

  test('says so when GitHub refuses it', async () => {
    github.simulator.inject({ method: 'POST', path: CREATION, status: 410 });
    await expect(ensure()).rejects.toMatchObject({ name: 'RefusedError' });
  });
});
