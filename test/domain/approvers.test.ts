import { describe, expect, it } from 'vitest';
import { advance } from '../../src/domain/advance.ts';
import { repositorySettingsSchema } from '../../src/domain/repository-settings.ts';
import type { HeldRun } from '../../src/domain/run.ts';
import { MAINTAINER, REQUESTER } from '../support/orders.ts';
import { aSecurityHeldRun } from '../support/runs.ts';

function heldFor(approvers: readonly string[]): HeldRun {
  const settings = repositorySettingsSchema.parse({ security: { approvers } });
  return { ...aSecurityHeldRun(), settings };
}

function approve(run: HeldRun, by: typeof MAINTAINER): string {
  const steer = { kind: 'approve', givenAt: '2027-01-01T00:00:00.000Z', head: run.head } as const;
  const decision = advance(run, {
    kind: 'steered',
    at: '2027-01-01T00:00:00.000Z',
    by,
    steer,
    permission: 'write',
    signed: 'approved signature=1',
  });
  return decision.kind === 'ignore' ? decision.why : decision.run.state;
}

describe('domain/approvers-of', () => {
  it('everybody may who did not ask for the run, when nobody is named', () => {
    expect(approve(heldFor([]), MAINTAINER)).toBe('running');
  });

  it('only those who are named may, in upper or lower case', () => {
    expect(approve(heldFor(['noor']), MAINTAINER)).toContain('Only noor may');
    expect(approve(heldFor(['noor', 'Grace']), MAINTAINER)).toBe('running');
  });

  it('who asked for the run may not, even when named', () => {
    expect(approve(heldFor([REQUESTER.login]), REQUESTER)).toContain('second person');
  });
});
