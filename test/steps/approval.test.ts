import { describe, expect, it } from 'vitest';
import type { StepWorld } from '../../src/domain/step-kind.ts';
import { stepKind as approval } from '../../src/steps/approval.ts';
import { stepKind as pullRequest } from '../../src/steps/pull-request.ts';
import { designed, triaged } from '../support/outcomes.ts';
import { runAfter } from '../support/run-after.ts';
import { aRepeatingRun, aRunningRun } from '../support/runs.ts';

const step = { id: 'any', kind: 'any', maxRejections: 3, with: {} };
const debt = { fingerprint: 'f0', title: 'Round', number: 50, url: '', known: false };
const unfiled = { fingerprint: 'f1', title: 'Split', why: 'one run files at most 1' };
const world: Pick<StepWorld, 'openPullRequest' | 'fileDebts' | 'readFile'> = {
  readFile: async () => null,
  openPullRequest: async () => ({ number: 43, url: 'https://github.com/acme/orders/pull/43' }),
  fileDebts: async (opened) => ({ debts: opened?.number === 43 ? [debt] : [], unfiled: [unfiled] }),
};

describe('steps/approval', () => {
  const options = { show: 'architecture', question: 'Go on?' };

  it('shows all of what the earlier step handed over, and asks', async () => {
    const run = runAfter([triaged, designed]);
    const held =
      run.state === 'running' && approval.perform({ run, step, options, world: world as StepWorld });
    expect(await held).toMatchObject({
      kind: 'held',
      hold: { kind: 'approval', question: 'Go on?', shown: `${designed.summary}\n\n${designed.details}` },
    });
  });

  it.each([
    ['## New dependencies\n\n- `zod`: it parses.\n\n## Out of scope\n\n- All else.\n', '- `zod`: it parses.'],
    ['# A plan\n', 'there is no such section.'],
    [null, 'there is no such section.'],
  ])('shows the section that the question is about first: %j', async (text, words) => {
    const run = runAfter([triaged, designed]);
    const document = { path: 'docs/plan/{ticket}.md', section: 'New dependencies' };
    const told: typeof world = {
      ...world,
      readFile: async () => (text === null ? null : new TextEncoder().encode(text)),
    };
    const held =
      run.state === 'running' &&
      approval.perform({ run, step, options: { ...options, document }, world: told as StepWorld });
    const head = '**New dependencies** (`docs/plan/ISSUE-42.md`)';
    expect(await held).toMatchObject({
      hold: { shown: `${head}:\n\n${words}\n\n${designed.summary}\n\n${designed.details}` },
    });
  });

  it('asks nothing when there is nothing to show', async () => {
    const outcome = await approval.perform({ run: aRunningRun(), step, options, world: world as StepWorld });
    expect(outcome).toMatchObject({ kind: 'broke', retriable: false });
  });

  it('needs the step that it shows', () => {
    expect(approval.earlierSteps(options)).toEqual(['architecture']);
  });
});

describe('steps/pull-request', () => {
  it('opens it once there is a commit to propose, and not before', async () => {
    const options = { issue: 'closed', title: '{title}' } as const;
    const proposal = { step, options, world: world as StepWorld };
    expect(await pullRequest.perform({ ...proposal, run: aRepeatingRun() })).toMatchObject({
      kind: 'passed',
      pullRequest: { number: 43 },
      debts: [debt],
      unfiled: [unfiled],
    });
    expect(await pullRequest.perform({ ...proposal, run: aRunningRun() })).toMatchObject({
      kind: 'broke',
      retriable: false,
    });
  });
});
