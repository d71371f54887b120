import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLAYS } from '../../src/demo/plays.ts';
import { readIssue } from '../../src/demo/read-issue.ts';
import { DEMO_TOOLS } from '../../src/demo/tools.ts';
import { baton } from '../cli/run-cli.ts';
import { EXAMPLES } from '../support/examples.ts';
import { writeRecordedProgram } from '../support/recorded-programs.ts';
import { readRecording } from '../support/recordings.ts';
import { hasPythonTools } from '../support/require-programs.ts';
import { readSamples, sumOf } from '../support/scrape.ts';
import { type Scene, setScene } from './scene.ts';
import { PHASES } from './stories/delivery-story.ts';
import {
  DELIVERIES,
  type ExampleDelivery,
  type ExampleName,
  readExample,
} from './stories/example-deliveries.ts';
import type { Ticket } from './ticket.ts';
import { expectTidy } from './tidy.ts';

const TOKEN = 'a-token-for-prometheus-0123456789abcdef';
/** In the order of their accounts. */
const NAMES = ['orders-api', 'invoices'] as const satisfies readonly ExampleName[];

let scene: Scene;
let tools: string;
beforeAll(async () => {
  tools = await mkdtemp(join(tmpdir(), 'baton-tools-'));
  // No package of the system has them.
  await writeRecordedProgram(tools, 'ruff');
  await writeRecordedProgram(tools, 'pip-audit');
  const invoices = readExample('invoices');
  const settings = `${invoices['.github/baton.yml']}install: { enabled: false }\n`;
  scene = await setScene([readExample('orders-api'), { ...invoices, '.github/baton.yml': settings }], {
    BATON_TOOLS: `${tools}:${DEMO_TOOLS}`,
    BATON_METRICS_PORT: '0',
    BATON_METRICS_TOKEN: TOKEN,
  });
});
afterAll(async () => {
  await scene.stop();
  await rm(tools, { recursive: true, force: true });
});

interface Delivered {
  readonly ticket: Ticket;
  readonly runId: string;
  /** The number of the pull request, and the commit that it proposes. */
  readonly pull: number;
  readonly head: string;
  /** Of the pull request. */
  readonly body: string;
  /** The commit that ends each phase. */
  readonly checkpoints: ReadonlyMap<string, string>;
}

async function deliver(name: ExampleName): Promise<Delivered> {
  const directory = join(EXAMPLES, 'deliveries', name);
  await scene.play(await readRecording(join(directory, 'recording')));
  const at = { owner: `org-${NAMES.indexOf(name) + 1}`, repo: 'sums' };
  const ticket = await scene.open({ ...(await readIssue(join(directory, 'issue.md'))), at });
  await ticket.label('will', PLAYS.delivery.label);
  const held = ticket.run({ state: 'held' }).then((run) => {
    throw new Error(`A person is asked at ${run.step}: ${run.last?.summary}`);
  });
  const { runId } = await Promise.race([ticket.run({ state: 'succeeded' }), held]);
  const [{ number: pull, head, body } = expect.fail('nothing is proposed')] = await ticket.pulls();
  const checkpoints = await checkpointsOf(ticket, pull);
  return { ticket, runId, pull, head: head.sha, body: body ?? '', checkpoints };
}

/** The check runs of a commit, those that were skipped with a dash in front. */
async function checksOf(ticket: Ticket, sha: string): Promise<readonly string[]> {
  const checks = (await ticket.checks(sha)).map(({ name, conclusion }) => {
    expect(`${name}: ${conclusion}`).toMatch(/^baton \/ .*: (?:success|skipped)$/);
    return `${conclusion === 'skipped' ? '- ' : ''}${name.replace('baton / ', '')}`;
  });
  return checks.toSorted();
}

/** By the trailers of the pull request's commits. */
async function checkpointsOf(ticket: Ticket, pull: number): Promise<ReadonlyMap<string, string>> {
  const { rest } = scene.stage.as('boss');
  const { data } = await rest.pulls.listCommits({ ...ticket.place, pull_number: pull, per_page: 100 });
  return new Map(data.map(({ sha, commit }) => [/^Baton-Step: (.+)$/m.exec(commit.message)?.[1] ?? '', sha]));
}

async function expectPhases({ ticket, checkpoints }: Delivered, { phases }: ExampleDelivery): Promise<void> {
  expect([...checkpoints.keys()]).toEqual(PHASES);
  for (const phase of PHASES) {
    const checks = await checksOf(ticket, checkpoints.get(phase) ?? '');
    expect(checks, phase).toEqual(phases[phase].toSorted());
  }
}

async function expectSuccess({ ticket, head }: Delivered, expected: ExampleDelivery): Promise<void> {
  const checks = await ticket.checks(head);
  // Where the server keeps its trees is nobody's business.
  expect(JSON.stringify(checks)).not.toContain(scene.stage.directory);
  const { summary } = checks.find(({ name }) => name === 'baton / success')?.output ?? {};
  const rows = [...(summary ?? '').matchAll(/^\| (.+?) \| (?:✅|➖|❌) (.+) \|$/gmu)];
  const seen = Object.entries(expected.success).map(([title, words]) => [
    title,
    expect.stringMatching(words),
  ]);
  expect(Object.fromEntries(rows.map(([, title, words]) => [title, words]))).toEqual(
    Object.fromEntries(seen),
  );
}

/** Each gate once, also those that judged an earlier commit. */
function expectGates({ body }: Delivered, { phases }: ExampleDelivery): void {
  const [, table = ''] = /^## Gates\n\n.*\n.*\n((?:\|.*\n)+)/m.exec(body) ?? [];
  const rows = [...table.matchAll(/^\| (\S+) \| (✅ passed|➖ skipped)(?:, at `[0-9a-f]{7}`)? \|/gmu)];
  const shown = rows.map(([, gate, word]) => `${word === '➖ skipped' ? '- ' : ''}${gate}`);
  const judged = new Set(Object.values(phases).flat());
  const others = ['review', 'success'];
  expect(shown.toSorted()).toEqual([...judged].filter((gate) => !others.includes(gate)).toSorted());
}

async function expectState({ runId, checkpoints }: Delivered, expected: ExampleDelivery): Promise<void> {
  const environment = { PATH: process.env['PATH'] ?? '', DATABASE_URL: scene.stage.databaseUrl };
  const { out } = await baton(['state', runId], scene.stage.directory, environment);
  expect(JSON.parse(out.join('\n'))).toMatchObject({
    ticket: expected.ticket,
    run: runId,
    workflow: 'delivery',
    state: 'succeeded',
    current_phase: null,
    gates_passed: [
      'planning',
      'test_definition',
      'scaffolding',
      'implementation',
      'security',
      'telemetry',
      'performance',
      'documentation',
      'gates',
    ],
    rollback_points: Object.fromEntries(
      [...checkpoints].map(([phase, sha]) => [phase.replace('-', '_'), `git:${sha}`]),
    ),
    metrics: {
      total_duration_seconds: expect.any(Number),
      test_count: expected.tests,
      coverage_percent: expect.closeTo(97.5, 0),
      vulture_dead_code_count: 0,
    },
  });
}

/** What Prometheus reads, for the delivery. */
async function scrape() {
  const url = await scene.stage.heard((line) =>
    line.msg === 'Prometheus can scrape the metrics' ? String(line['url']) : null,
  );
  const response = await fetch(url, { headers: { authorization: `Bearer ${TOKEN}` } });
  const samples = readSamples(await response.text());
  return (name: string, labels: Readonly<Record<string, string>> = {}) => sumOf(samples, name, labels);
}

describe('scenarios/delivery-of-examples', () => {
  it.each(NAMES.filter((name) => name !== 'invoices' || hasPythonTools()))(
    '%s goes through all seven phases, each with its artefacts, its checks and its commit',
    async (name) => {
      const expected = DELIVERIES[name];
      const delivered = await deliver(name);
      await expectPhases(delivered, expected);
      await expectSuccess(delivered, expected);
      expectGates(delivered, expected);
      await expectState(delivered, expected);
      const { place } = delivered.ticket;
      const { rest } = scene.stage.as('boss');
      const { data: files } = await rest.pulls.listFiles({ ...place, pull_number: delivered.pull });
      expect(files.map(({ filename }) => filename)).toEqual(expected.files);
      await rest.pulls.merge({ ...place, pull_number: delivered.pull });
      await scene.handled();
    },
  );

  it('tells all eight measures of it', async () => {
    const of = await scrape();
    const ours = { workflow: 'delivery' };
    for (const step of PHASES) {
      expect(of('baton_step_duration_seconds_count', { ...ours, step })).toBeGreaterThan(0);
    }
    // The code of the orders was sent back once, by its tests.
    const code = { ...ours, step: 'implementation-gates' };
    expect(of('baton_step_failures_total', ours)).toBe(1);
    expect(of('baton_step_failures_total', { ...code, reason: 'rejected' })).toBe(1);
    expect(of('baton_role_retries_total', { role: 'implementer' })).toBe(1);
    expect(of('baton_findings_total', { ...ours, severity: 'error' })).toBeGreaterThan(0);
    expect(of('baton_rollbacks_total', ours)).toBe(0);
    expect(of('baton_merge_duration_seconds_count', ours)).toBe(scene.tickets.length);
    expect(of('baton_coverage_ratio', ours)).toBeCloseTo(0.975, 2);
    expect(of('baton_dead_code_ratio', ours)).toBe(0);
  });

  it('leaves every issue tidy', async () => {
    await expectTidy(scene);
  });
});
