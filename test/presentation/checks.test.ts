import { describe, expect, it } from 'vitest';
import { parseButton, toButtons } from '../../src/domain/button.ts';
import type { OutcomeInput } from '../../src/domain/outcome.ts';
import type { Run } from '../../src/domain/run.ts';
import type { Steer } from '../../src/domain/steer.ts';
import { type Surface, surfaceSchema } from '../../src/domain/surface.ts';
import { present } from '../../src/presentation/present.ts';
import { anOrder, aWorkflow, MAINTAINER, sha } from '../support/orders.ts';
import {
  approved,
  asked,
  built,
  designed,
  judged,
  objected,
  reviewed,
  triaged,
} from '../support/outcomes.ts';
import { happen, runAfter } from '../support/run-after.ts';
import { aHeldRun, anEscalatedRun, aSecurityHeldRun, aSucceededRun } from '../support/runs.ts';

type CheckRun = Extract<Surface, { kind: 'check-run' }>;

function checks(run: Run): CheckRun[] {
  return present(run)
    .map((surface) => surfaceSchema.parse(surface))
    .filter((surface) => surface.kind === 'check-run');
}

function check(run: Run, name: string, digit: string): CheckRun | undefined {
  return checks(run).find((surface) => surface.name === name && surface.sha === sha(digit));
}

function steered(run: Run, steer: Steer): Run {
  const decision = happen(run, steer);
  expect(decision.kind).not.toBe('ignore');
  return decision.run;
}

const upToGates = [triaged, designed, asked, approved(), built(sha('b'))];

describe('src/presentation/gate-checks', () => {
  it('posts one completed check run per gate and commit', () => {
    expect(
      checks(aSucceededRun())
        .filter(({ key }) => key.startsWith('gate:'))
        .map(({ name, sha: commit, conclusion }) => `${name} ${commit[0]} ${conclusion}`),
    ).toEqual([
      'baton / tests b failure',
      'baton / lint b success',
      'baton / tests c success',
      'baton / lint c success',
      'baton / tests d success',
      'baton / lint d success',
    ]);
  });

  it('shows a failure with its place and its evidence', () => {
    expect(check(aSucceededRun(), 'baton / tests', 'b')).toEqual({
      kind: 'check-run',
      key: `gate:${sha('b')}:tests`,
      name: 'baton / tests',
      sha: sha('b'),
      conclusion: 'failure',
      title: '1 of 14 tests failed',
      summary: [
        '1 of 14 tests failed',
        '- **error** `src/api.ts:12`: expected 400, got 200',
        '````text\nnot ok 3 - limit\n```\nexpected 400\n```\n````',
      ].join('\n\n'),
      annotations: [{ path: 'src/api.ts', line: 12, level: 'failure', message: 'expected 400, got 200' }],
      actions: [],
    });
  });

  it('never shows a gate that could not run as passed, and says what to do', () => {
    const broke: OutcomeInput = {
      kind: 'broke',
      summary: 'tests could not run',
      remedy: 'Install it.',
      retriable: true,
      verdicts: [
        {
          gate: 'tests',
          verdict: { kind: 'broke', summary: 'node was not found', remedy: 'Install Node.' },
          durationMs: 1,
        },
        { gate: 'size', verdict: { kind: 'skip', summary: 'no limit is set' }, durationMs: 1 },
      ],
    };
    const run = runAfter([...upToGates, broke]);
    expect(check(run, 'baton / tests', 'b')).toMatchObject({
      conclusion: 'action_required',
      title: 'Could not run: node was not found',
      summary: expect.stringContaining('**What to do:** Install Node.'),
    });
    expect(check(run, 'baton / size', 'b')).toMatchObject({ conclusion: 'skipped' });
    const again = happen(run, judged).run;
    expect(check(again, 'baton / tests', 'b')).toMatchObject({ conclusion: 'success' });
    expect(checks(again).filter(({ name }) => name === 'baton / tests')).toHaveLength(1);
  });

  it('says who may release what a gate holds, and how', () => {
    const held = aSecurityHeldRun();
    const digest = held.hold.kind === 'security' ? held.hold.digest : '';
    expect(check(held, 'baton / secrets', 'b')?.summary).toContain(
      `a person with write access who did not request the run. Press a button above, or comment \`/baton approve ${digest}\` or \`/baton reject <reason>\` on #`,
    );
    const settings = { ...held.settings, security: { approvers: ['maya', 'acme/security'] } };
    expect(check({ ...held, settings }, 'baton / secrets', 'b')?.summary).toContain(
      'a release by `maya` or `acme/security`, with write access, who did not request the run.',
    );
    const over = steered(held, { kind: 'cancel', reason: '' });
    expect(check(over, 'baton / secrets', 'b')?.summary).not.toContain('/baton approve');
  });

  it('keeps the buttons of a held gate while it waits, and shows the release', () => {
    const held = aSecurityHeldRun();
    expect(check(held, 'baton / secrets', 'b')).toMatchObject({
      conclusion: 'action_required',
      actions: [{ label: 'Approve' }, { label: 'Reject' }],
    });
    expect(check(steered(held, approved(sha('b'))), 'baton / secrets', 'b')).toMatchObject({
      conclusion: 'success',
      summary: expect.stringContaining('Released by `grace`.'),
      actions: [],
    });
    const refused = steered(held, { kind: 'reject', givenAt: '2026-03-02T09:58:00.000Z', reason: 'No.' });
    expect(check(refused, 'baton / secrets', 'b')).toMatchObject({ conclusion: 'failure', actions: [] });
  });
});

describe('src/presentation/review-checks', () => {
  it('shows a rejection with its findings and an approval with what it rests on', () => {
    expect(check(aSucceededRun(), 'baton / review', 'c')).toMatchObject({
      conclusion: 'failure',
      annotations: [{ path: 'src/api.ts', line: 20, level: 'failure' }],
    });
    expect(check(aSucceededRun(), 'baton / review', 'd')).toMatchObject({
      conclusion: 'success',
      summary: [
        '**Approved:** Correct and tested.',
        'The approval rests on:',
        '> - read src/api.ts\n> - ran the tests',
        [
          '| Item | Answer | Evidence |',
          '|---|---|---|',
          '| `errors-handled` | ✅ yes | `src/api.ts:12-14` `gate:tests` |',
          '| `inputs-validated` | ➖ not applicable | `src/api.ts:3` Nothing comes in. |',
          '| `documentation-updated` | ⚠️ no | `README.md:4` The limit is not named. |',
          '| `exposed-credentials` | ✅ absent |  |',
        ].join('\n'),
        '- **warning** `README.md:4`: The limit is not named.',
      ].join('\n\n'),
      annotations: [{ path: 'README.md', line: 4, level: 'warning' }],
    });
    expect(check(aSucceededRun(), 'baton / review', 'b')).toBeUndefined();
  });

  it('never shows a review that could not be done as an approval', () => {
    const broke: OutcomeInput = { kind: 'broke', summary: 'no report', remedy: 'Retry.', retriable: true };
    expect(check(runAfter([...upToGates, judged, broke]), 'baton / review', 'b')).toMatchObject({
      conclusion: 'action_required',
      title: 'Could not be done: no report',
      summary: '**The review could not be done:** no report\n\n**What to do:** Retry.',
    });
  });

  it('shows reviewers who judged side by side in one check run', () => {
    const branches = ['code-review', 'data-review'].map((id) => ({ id, kind: 'review', with: { role: id } }));
    const { steps } = aWorkflow();
    const sideBySide = steps.map((step) =>
      step.kind === 'review' ? { ...step, kind: 'parallel', with: { steps: branches } } : step,
    );
    const workflow = aWorkflow({ steps: sideBySide });
    const run = runAfter([...upToGates, judged, objected], anOrder(), { workflow, roles: {} });
    expect(check(run, 'baton / review', 'b')).toMatchObject({ conclusion: 'failure' });
  });

  it('shows no review where roles only worked side by side', () => {
    const branches = ['look', 'measure'].map((id) => ({ id, kind: 'agent', with: { role: id } }));
    const { steps } = aWorkflow();
    const sideBySide = steps.map((step) =>
      step.kind === 'review' ? { ...step, kind: 'parallel', with: { steps: branches } } : step,
    );
    const workflow = aWorkflow({ steps: sideBySide });
    const run = runAfter([...upToGates, judged, reviewed], anOrder(), { workflow, roles: {} });
    expect(check(run, 'baton / review', 'b')).toBeUndefined();
  });

  it('tells several reviewers of one commit apart', () => {
    const steps = aWorkflow().steps.flatMap((step) =>
      step.kind === 'review' ? [step, { ...step, id: 'security-review' }] : [step],
    );
    const definition = { workflow: aWorkflow({ steps }), roles: {} };
    const run = runAfter([...upToGates, judged, reviewed, objected], anOrder(), definition);
    expect(check(run, 'baton / review: review', 'b')).toMatchObject({ conclusion: 'success' });
    expect(check(run, 'baton / review: security-review', 'b')).toMatchObject({ conclusion: 'failure' });
  });
});

describe('src/presentation/hold-checks', () => {
  it('shows nothing while the run has no commit of its own', () => {
    expect(checks(aHeldRun())).toEqual([]);
  });

  it('waits with buttons, and is completed by the decision', () => {
    const held = aSecurityHeldRun();
    expect(check(held, 'baton / gates', 'b')).toMatchObject({
      key: `hold:${sha('b')}:gates:1`,
      conclusion: 'action_required',
      title: 'May this change go on?',
      actions: [{ label: 'Approve' }, { label: 'Reject' }],
    });
    expect(check(steered(held, approved(sha('b'))), 'baton / gates', 'b')).toMatchObject({
      key: `hold:${sha('b')}:gates:1`,
      conclusion: 'success',
      title: 'Approved by grace',
      actions: [],
    });
    const refused = steered(held, {
      kind: 'reject',
      givenAt: '2026-03-02T09:58:00.000Z',
      reason: 'A real key.',
    });
    expect(check(refused, 'baton / gates', 'b')).toMatchObject({
      conclusion: 'failure',
      title: 'Rejected by grace',
      summary: expect.stringContaining('A real key.'),
    });
    const cancelled = steered(held, { kind: 'cancel', reason: '' });
    expect(check(cancelled, 'baton / gates', 'b')).toMatchObject({ conclusion: 'cancelled', actions: [] });
    const moved = steered(held, approved(sha('e')));
    expect(check(moved, 'baton / gates', 'b')).toMatchObject({ conclusion: 'cancelled', actions: [] });
  });

  it('asks for a decision under a name of its own when a step has rejected too often', () => {
    const held = anEscalatedRun();
    expect(check(held, 'baton / review', 'd')).toMatchObject({ conclusion: 'failure', actions: [] });
    expect(check(held, 'baton / review (decision)', 'd')).toMatchObject({
      conclusion: 'action_required',
      actions: [
        { label: '1: Do Implementatio…' },
        { label: '2: Go on with the w…' },
        { label: '3: End the run' },
      ],
    });
    const retried = steered(held, { kind: 'retry', guidance: 'Check for text.' });
    expect(check(retried, 'baton / review (decision)', 'd')).toMatchObject({
      conclusion: 'neutral',
      summary: expect.stringContaining('Check for text.'),
    });
    const cancelled = steered(held, { kind: 'cancel', reason: '' });
    expect(check(cancelled, 'baton / review (decision)', 'd')).toMatchObject({ conclusion: 'cancelled' });
  });
});

describe('src/domain/button', () => {
  it('asks for exactly what was shown', () => {
    const { hold } = aSecurityHeldRun();
    expect(toButtons(hold).map(({ identifier }) => parseButton(identifier))).toEqual([
      { kind: 'approve', digest: hold.kind === 'security' ? hold.digest : '' },
      {
        kind: 'reject',
        digest: hold.kind === 'security' ? hold.digest : '',
        reason: 'rejected with the button, without a reason',
      },
    ]);
    expect(toButtons(anEscalatedRun().hold).map(({ identifier }) => parseButton(identifier))).toMatchObject([
      { kind: 'choose', option: 1 },
      { kind: 'choose', option: 2 },
      { kind: 'choose', option: 3 },
    ]);
  });

  it.each(['', 'merge', 'approve:', 'approve:xyz', 'approve:0123456789ab:1', 'APPROVE'])(
    'takes %j for none of ours',
    (identifier) => {
      expect(parseButton(identifier)).toBeNull();
    },
  );

  it('counts a press against the live hold only', () => {
    const held = aSecurityHeldRun();
    const stale = happen(held, {
      kind: 'approve',
      givenAt: '2026-03-02T09:58:00.000Z',
      head: sha('b'),
      digest: '000000000000',
    });
    expect(stale.kind).toBe('ignore');
    expect(MAINTAINER.id).not.toBe(held.order.requestedBy.id);
  });
});
