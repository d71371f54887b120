import { describe, expect, it } from 'vitest';
import { agreedCommit } from '../../src/domain/agreed-commit.ts';
import type { BegunRun } from '../../src/domain/run.ts';
import { happen } from '../support/run-after.ts';
import { aHeldRun, aRunningRun, aSecurityHeldRun } from '../support/runs.ts';

const AT = '2026-03-02T10:58:00.000Z';

function approved(held: BegunRun): BegunRun {
  const head = held.head === held.base.sha ? null : held.head;
  const { kind, run } = happen(held, { kind: 'approve', givenAt: AT, head });
  expect(kind).toBe('next');
  return run as BegunRun;
}

describe('domain/agreed-commit', () => {
  it('is that of an approval, for every gate', () => {
    const run = approved(aHeldRun());
    expect(agreedCommit(run, 'any')).toBe(run.head);
  });

  it('is that of a release, for the gate which held it', () => {
    const held = aSecurityHeldRun();
    const gates =
      held.history.at(-1)?.outcome.verdicts.filter(({ verdict }) => verdict.kind === 'hold') ?? [];
    expect(gates).toHaveLength(1);
    const run = approved({ ...held, history: held.history.slice(-1) });
    expect(agreedCommit(run, gates[0]?.gate ?? '')).toBe(held.head);
    expect(agreedCommit(run, 'another')).toBeNull();
  });

  it('is none while nobody has agreed to anything, and none of what was taken back', () => {
    expect(agreedCommit(aRunningRun(), 'any')).toBeNull();
    const run = approved(aHeldRun());
    const history = run.history.map((record) => ({ ...record, undone: true as const }));
    expect(agreedCommit({ ...run, history }, 'any')).toBeNull();
  });
});
