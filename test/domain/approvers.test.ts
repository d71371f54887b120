import { describe, expect, it } from 'vitest';
import { advance } from '../../src/domain/advance.ts';
import { repositorySettingsSchema } from '../../src/domain/repository-settings.ts';
import type { HeldRun } from '../../src/domain/run.ts';
import { MAINTAINER, REQUESTER } from '../support/orders.ts';
import { aSecurityHeldRun } from '../support/runs.ts';

function heldFor(approvers: readonly (string | number)[]): HeldRun {
  const settings = repositorySettingsSchema.parse({ security: { approvers } });
  return { ...aSecurityHeldRun(), settings };
}

function approve(run: HeldRun, by: typeof MAINTAINER, found: { readonly team?: string } = {}): string {
  const steer = { kind: 'approve', givenAt: '2027-01-01T00:00:00.000Z', head: run.head, ...found } as const;
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

  it('a numeric id is the same person under any login', () => {
    expect(approve(heldFor([MAINTAINER.id]), { ...MAINTAINER, login: 'renamed' })).toBe('running');
    expect(approve(heldFor([MAINTAINER.id]), { ...MAINTAINER, id: MAINTAINER.id + 1 })).toContain('Only ');
  });

  it('a team counts for whom it was found for, and for no login that is like it', () => {
    const run = heldFor(['acme/security']);
    expect(approve(run, MAINTAINER, { team: 'acme/security' })).toBe('running');
    expect(approve(run, MAINTAINER, { team: 'acme/others' })).toContain('Only acme/security may');
    expect(approve(run, { ...MAINTAINER, login: 'acme/security' })).toContain('Only acme/security may');
  });

  it('who asked for the run may not, even when named', () => {
    expect(approve(heldFor([REQUESTER.login]), REQUESTER)).toContain('second person');
  });
});
