import { describe, expect, it } from 'vitest';
import { parseButton, toButtons } from '../../src/domain/button.ts';
import { allows, PERMISSIONS } from '../../src/domain/permission.ts';
import { aHeldRun, anEscalatedRun } from '../support/runs.ts';

describe('domain/button', () => {
  it.each([aHeldRun(), anEscalatedRun()])(
    'every button can be read back, and fits into GitHub: $hold.kind',
    ({ hold }) => {
      const buttons = toButtons(hold);
      expect(buttons.length).toBeLessThanOrEqual(3);
      for (const { identifier, label, description } of buttons) {
        expect(parseButton(identifier)?.kind).toBe(identifier.split(':')[0]);
        expect([identifier.length <= 20, label.length <= 20, description.length <= 40]).not.toContain(false);
      }
    },
  );

  it('an approval names the digest of what it was shown beside', () => {
    const { hold } = aHeldRun();
    const digest = 'digest' in hold ? hold.digest : '';
    expect(parseButton(toButtons(hold)[0]?.identifier ?? '')).toEqual({ kind: 'approve', digest });
  });

  it.each(['', 'approve:', 'approve:xyz', 'approve:0123456789abc', 'toString', 'merge'])(
    'reads nothing into "%s"',
    (identifier) => {
      expect(parseButton(identifier)).toBeNull();
    },
  );
});

describe('domain/permission', () => {
  it('each role may what the lower ones may', () => {
    for (const [index, held] of PERMISSIONS.entries()) {
      expect(PERMISSIONS.filter((required) => allows(held, required))).toEqual(
        PERMISSIONS.slice(0, index + 1),
      );
    }
  });
});
