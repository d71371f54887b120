import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PATIENCE } from '../support/patience.ts';
import { type Scene, SMALL, setScene } from './scene.ts';
import { SAME_WORK, toJudging } from './stories/delivery-settings-story.ts';
import { TICKET } from './stories/delivery-story.ts';
import type { Ticket } from './ticket.ts';
import { expectTidy } from './tidy.ts';

/** Each key as nobody else has it. */
const PIPELINE = `orchestrator:
  max_retries: 1
  latency_target_ms: 120
  security_block_on_critical: false
  rollback_on_test_failure: true
  require_integration_tests: true
  coverage_threshold: 83
`;
const SETTINGS = `delivery:
  maxRetries: 3
  latencyTargetMs: 92
  securityBlockOnCritical: true
  rollbackOnTestFailure: false
  requireIntegrationTests: false
  coverageThreshold: 86
`;

const PROPOSED = { owner: 'org-4', repo: 'sums' };

let scene: Scene;
beforeAll(async () => {
  scene = await setScene([
    toJudging({}),
    toJudging({ '.claude/pipeline.yaml': PIPELINE }),
    toJudging({ '.claude/pipeline.yaml': PIPELINE, '.github/baton.yml': SETTINGS }),
    { ...SMALL, '.github/baton.yml': 'reviews: { on: [] }\n' },
  ]);
});
afterAll(() => scene.stop());

async function deliver(owner: string): Promise<Ticket> {
  const ticket = await scene.open({ ...TICKET, at: { owner, repo: 'sums' } });
  await ticket.label('will', 'baton:delivery');
  return ticket;
}

/** What is asked in the progress comment. */
async function asked(ticket: Ticket): Promise<string> {
  return (await ticket.progress())[0] ?? '';
}

async function withoutSettings(): Promise<void> {
  const ticket = await deliver('org-1');
  await ticket.run({ decision: 'next', step: 'implementation', attempt: 1 });
  await ticket.run({ decision: 'return', step: 'planning', attempt: 2 });
  await ticket.run({ state: 'held', step: 'implementation-gates', attempt: 4 });
  expect(await asked(ticket)).toContain('84.0 % of the lines are covered; 85 % are asked for');
  await ticket.comment('wilma', '/baton retry Test the empty list, too.');
  await ticket.run({ state: 'held', step: 'security-gates', attempt: 1 });
  await ticket.comment('maya', '/baton reject Bound it.');
  await ticket.run({ decision: 'return', step: 'telemetry', attempt: 2 });
  await ticket.run({ state: 'succeeded' });
}

async function withPipelineFile(): Promise<void> {
  const ticket = await deliver('org-2');
  await ticket.run({ decision: 'return', step: 'test-definition', attempt: 2 });
  await ticket.run({ decision: 'return', step: 'planning', attempt: 2 });
  await ticket.run({ decision: 'return', step: 'planning', attempt: 3 });
  await ticket.run({ state: 'held', step: 'implementation-gates', attempt: 3 });
  expect(await asked(ticket)).toContain('has rejected 3 different approaches');
  await ticket.comment('wilma', '/baton retry Add them up.');
  await ticket.run({ decision: 'return', step: 'security', attempt: 2 });
  await ticket.run({ state: 'succeeded' });
}

async function withBoth(): Promise<void> {
  const ticket = await deliver('org-3');
  await ticket.run({ state: 'held', step: 'implementation-gates', attempt: 3 });
  expect(await asked(ticket)).toContain('has rejected the work too often');
  await ticket.comment('wilma', '/baton retry Add them up.');
  await ticket.run({ decision: 'return', step: 'implementation', attempt: 5 });
  await ticket.run({ state: 'held', step: 'security-gates', attempt: 1 });
  await ticket.comment('maya', '/baton reject Bound it.');
  await ticket.run({ decision: 'return', step: 'telemetry', attempt: 3 });
  await ticket.run({ state: 'succeeded' });
}

/** The check run about what a pull request makes of the settings, and its remarks on lines. */
async function propose(branch: string, files: Readonly<Record<string, string>>) {
  const { rest } = scene.stage.as('wilma');
  const { sha } = await scene.propose({ at: PROPOSED, by: 'wilma', branch, files });
  const check = await vi.waitFor(async () => {
    const { data } = await rest.checks.listForRef({ ...PROPOSED, ref: sha });
    const found = data.check_runs.find(({ name }) => name === 'baton / configuration');
    return found ?? expect.fail('there is no check run about the configuration');
  }, PATIENCE);
  const { data: annotations } = await rest.checks.listAnnotations({ ...PROPOSED, check_run_id: check.id });
  return {
    conclusion: check.conclusion,
    summary: check.output.summary ?? '',
    remarks: annotations.map(({ path, start_line: line, message }) => `${path}:${line} ${message}`),
  };
}

describe('scenarios/delivery-settings', () => {
  it('the same work of the same agents goes another way by each key, in either file', async () => {
    await scene.play(SAME_WORK);
    await Promise.all([withoutSettings(), withPipelineFile(), withBoth()]);
  });

  it('a pull request that sets them wrongly is told each fault at its line, and what to write', async () => {
    const faulty = await propose('faulty', {
      '.claude/pipeline.yaml':
        'orchestrator:\n  max_retries: none\n  coverage_treshold: 90\n  latency_target_ms: -1\n',
    });
    expect(faulty.conclusion).toBe('failure');
    expect(faulty.remarks).toEqual([
      '.claude/pipeline.yaml:2 `orchestrator.max_retries` is wrong: Invalid input: expected number, received string. Correct the value.',
      '.claude/pipeline.yaml:3 `orchestrator.coverage_treshold` is not known here. Remove it, or correct its spelling.',
      '.claude/pipeline.yaml:4 `orchestrator.latency_target_ms` is wrong: Too small: expected number to be >0. Correct the value.',
    ]);
    const right = await propose('right', { '.claude/pipeline.yaml': PIPELINE });
    expect(right.conclusion).toBe('success');
    expect(right.summary).toContain('`delivery.maxRetries`: nothing becomes `1`');
    expect(right.summary).toContain('`delivery.securityBlockOnCritical`: nothing becomes `false`');
  });

  it('leaves every issue tidy', async () => {
    await expectTidy(scene);
  });
});
