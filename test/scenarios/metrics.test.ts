import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LogLine } from '../../src/demo/baton-process.ts';
import { adding } from '../support/patches.ts';
import { readSamples, type Sample, sumOf } from '../support/scrape.ts';
import { goodAgents, rejecting, work } from './agents.ts';
import { type Scene, SMALL, setScene } from './scene.ts';

const TOKEN = 'a-token-for-prometheus-0123456789abcdef';

/** Its words could make a series for every issue, if anybody let them. */
const OWN = {
  ...SMALL,
  '.github/baton/workflows/ship.yaml': [
    'name: ship',
    'description: Ships.',
    'steps:',
    '  - id: cardinality-bomb',
    '    kind: agent',
    '    title: Probe',
    '    with: { role: backend-architect }',
    '',
  ].join('\n'),
};

/** Still asks something when its pull request is open. */
const ASKING = {
  ...SMALL,
  '.github/baton/workflows/asking.yaml': [
    'name: asking',
    'description: Asks at the end.',
    'steps:',
    '  - id: implementation',
    '    kind: agent',
    '    title: Code',
    '    with: { role: implementer, access: write }',
    '  - { id: pull-request, kind: pull-request, title: Pull request }',
    '  - id: last-question',
    '    kind: approval',
    '    title: Last question',
    '    onReject: implementation',
    '    with: { show: implementation, question: Is it well? }',
    '',
  ].join('\n'),
};

let scene: Scene;
let url = '';

beforeAll(async () => {
  scene = await setScene([SMALL, OWN, ASKING], { BATON_METRICS_PORT: '0', BATON_METRICS_TOKEN: TOKEN });
  url = await scene.stage.heard(toMetricsUrl);
});
afterAll(() => scene.stop());

function toMetricsUrl(line: LogLine): string | null {
  return line.msg === 'Prometheus can scrape the metrics' ? String(line['url']) : null;
}

async function scrape(from = url): Promise<readonly Sample[]> {
  const response = await fetch(from, { headers: { authorization: `Bearer ${TOKEN}` } });
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  return readSamples(await response.text());
}

describe('scenarios/metrics', () => {
  it('nobody reads them without the token', async () => {
    expect((await fetch(url)).status).toBe(401);
    const wrong = await fetch(url, { headers: { authorization: 'Bearer another' } });
    expect([wrong.status, await wrong.text()]).toEqual([401, expect.not.stringContaining(TOKEN)]);
    expect(
      (await fetch(url.replace('/metrics', '/'), { headers: { authorization: `Bearer ${TOKEN}` } })).status,
    ).toBe(404);
  });

  it('tell what happened to a run: attempts, failures, a rollback, findings, and the time to the merge', async () => {
    await scene.play(
      goodAgents({
        'triage.2': work('A small feature.'),
        'architecture.2': work('One new file.', undefined, 'Again.'),
        'implementation.2': work('Better.', adding('src/more.ts', 'export const more = 1;\n')),
        'review.1': rejecting('The sum is 3.'),
        'review.2': goodAgents()['review.1'] ?? work('Good.'),
      }),
    );
    const ticket = await scene.open();
    await ticket.label('will', 'baton:backend-feature');
    await ticket.run({ state: 'held', step: 'design-approval' });
    const waiting = await scrape();
    expect(sumOf(waiting, 'baton_runs', { state: 'held' })).toBe(1);
    expect(sumOf(waiting, 'baton_holds', { kind: 'approval' })).toBe(1);
    await ticket.comment('will', '/baton rollback triage');
    await ticket.run({ state: 'held', step: 'design-approval' }, 2);
    await ticket.comment('wilma', '/baton approve');
    await ticket.run({ state: 'succeeded' });
    const [pull] = await ticket.pulls();
    await scene.stage.as('boss').rest.pulls.merge({ ...ticket.place, pull_number: pull?.number ?? 0 });
    await scene.handled();

    // A delivery may be handled a moment before it is written down that it was handed over.
    await expect.poll(async () => sumOf(await scrape(), 'baton_inbox_waiting')).toBe(0);
    const samples = await scrape();
    const ours = { workflow: 'backend-feature' };
    expect(sumOf(samples, 'baton_rollbacks_total', ours)).toBe(1);
    expect(
      sumOf(samples, 'baton_step_attempts_total', { ...ours, step: 'implementation', outcome: 'passed' }),
    ).toBe(2);
    expect(sumOf(samples, 'baton_step_failures_total', ours)).toBe(1);
    expect(sumOf(samples, 'baton_step_failures_total', { ...ours, step: 'review', reason: 'rejected' })).toBe(
      1,
    );
    expect(sumOf(samples, 'baton_step_duration_seconds_count', { ...ours, step: 'implementation' })).toBe(2);
    expect(
      sumOf(samples, 'baton_step_duration_seconds_bucket', { ...ours, step: 'implementation', le: '+Inf' }),
    ).toBe(2);
    expect(sumOf(samples, 'baton_findings_total', { ...ours, severity: 'error', about: 'work' })).toBe(1);
    expect(sumOf(samples, 'baton_role_retries_total')).toBeGreaterThanOrEqual(3);
    expect(sumOf(samples, 'baton_gate_verdicts_total', { gate: 'secrets', verdict: 'pass' })).toBe(2);
    expect(sumOf(samples, 'baton_runs_ended_total', { ...ours, state: 'succeeded' })).toBe(1);
    expect(sumOf(samples, 'baton_merge_duration_seconds_count', ours)).toBe(1);
    expect(sumOf(samples, 'baton_runs', { state: 'succeeded' })).toBe(1);
    expect(sumOf(samples, 'baton_holds')).toBe(0);
    expect(sumOf(samples, 'baton_deliveries_total', { outcome: 'stored' })).toBeGreaterThan(3);
    expect(sumOf(samples, 'baton_process_resident_memory_bytes')).toBeGreaterThan(0);
  });

  it('have no label that a repository wrote', async () => {
    await scene.play(goodAgents({ 'cardinality-bomb.1': work('Done.') }));
    const ticket = await scene.open();
    await ticket.label('will', 'baton:ship');
    await ticket.run({ state: 'succeeded' });
    const samples = await scrape();
    expect(sumOf(samples, 'baton_step_attempts_total', { workflow: 'other', step: 'other' })).toBe(1);
    expect(JSON.stringify(samples)).not.toMatch(/ship|cardinality|org-|sums|baton\//);
  });

  it('measure what people merge by hand, whatever its run still asks, and whatever came after it', async () => {
    await scene.play(goodAgents());
    const other = { workflow: 'other' };
    const before = sumOf(await scrape(), 'baton_merge_duration_seconds_count', other);
    const at = { owner: 'org-3', repo: 'sums' };
    const [first, second, third] = [
      await scene.open({ at }),
      await scene.open({ at }),
      await scene.open({ at }),
    ];
    const { rest } = scene.stage.as('boss');
    async function ask(ticket: typeof first) {
      await ticket.label('will', 'baton:asking');
      await ticket.run({ state: 'held', step: 'last-question' });
      const [pull] = await ticket.pulls();
      return { ...ticket.place, pull_number: pull?.number ?? 0 };
    }

    const [merged, closed, older] = [await ask(first), await ask(second), await ask(third)];
    await third.comment('will', '/baton approve');
    await third.run({ state: 'succeeded' });
    await third.comment('will', '/baton run asking');
    await third.run({ state: 'held', step: 'last-question' }, 2);

    await rest.pulls.merge(merged);
    await first.run({ state: 'merged' });
    expect((await first.progress())[0]).toMatch(
      /✅ Pull request #\d+ was merged by `boss`[\s\S]*Merged without an answer by `boss`/,
    );
    expect(await first.labels()).not.toContain('baton: waiting');
    await rest.pulls.update({ ...closed, state: 'closed' });
    await second.run({ state: 'cancelled' });
    await rest.pulls.merge(older);
    await third.run({ state: 'cancelled' });
    await scene.handled();

    const samples = await scrape();
    expect(sumOf(samples, 'baton_runs_ended_total', { ...other, state: 'merged' })).toBe(1);
    expect(sumOf(samples, 'baton_runs_ended_total', { ...other, state: 'cancelled' })).toBe(2);
    expect(sumOf(samples, 'baton_merge_duration_seconds_count', other)).toBe(before + 2);
  });

  it('count what was refused at the door', async () => {
    const webhookUrl = await scene.stage.heard((line) => line['webhookUrl'] as string | undefined);
    await fetch(webhookUrl, {
      method: 'POST',
      body: '{}',
      headers: {
        'content-type': 'application/json',
        'x-github-event': 'issues',
        'x-github-delivery': '00000000-0000-4000-8000-000000000000',
        'x-hub-signature-256': `sha256=${'0'.repeat(64)}`,
      },
    });
    expect(sumOf(await scrape(), 'baton_deliveries_total', { outcome: 'bad-signature' })).toBe(1);
  });

  it('are the same by every replica, also by one that was started later', async () => {
    const before = await scrape();
    const lines = scene.stage.lines.length;
    await scene.stage.startBaton();
    const line = scene.stage.lines.slice(lines).find((one) => toMetricsUrl(one) !== null);
    const other = await scrape(String(line?.['url']));
    for (const name of [
      'baton_step_attempts_total',
      'baton_runs_ended_total',
      'baton_merge_duration_seconds_sum',
    ]) {
      expect(sumOf(other, name)).toBe(sumOf(before, name));
      expect(sumOf(other, name)).toBeGreaterThan(0);
    }
    expect(sumOf(other, 'baton_deliveries_total')).toBeLessThan(sumOf(before, 'baton_deliveries_total'));
  });
});
