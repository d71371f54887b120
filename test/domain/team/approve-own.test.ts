import { describe, expect, it } from 'vitest';
import { approveOwn } from '../../../src/domain/team/approve-own.ts';
import { DEFAULT_MEMBER_SETTINGS } from '../../../src/domain/team/member-settings.ts';
import type { SeenRun } from '../../../src/domain/team/sight.ts';

const OWN = { ...DEFAULT_MEMBER_SETTINGS, autoApprove: true };

function aRun(member: string | null, kind: string): SeenRun {
  return {
    id: 'run-1',
    number: 7,
    workflow: 'delivery',
    member,
    state: 'held',
    headSha: null,
    requestedMs: 0,
    hold: { kind, digest: '0123456789ab' },
    pullRequest: null,
    head: null,
    gates: [],
    handedOver: '',
    filed: [],
    document: null,
  };
}

describe('src/domain/team/approve-own', () => {
  it('says yes to an approval of its own run, bound to what is shown', () => {
    expect(approveOwn('code-searcher', { own: OWN, runs: [aRun('code-searcher', 'approval')] })).toEqual([
      { kind: 'approve', key: 'approve:run-1:0123456789ab', number: 7, digest: '0123456789ab' },
    ]);
  });

  it.each([
    ['somebody has not let it', DEFAULT_MEMBER_SETTINGS, aRun('assistant', 'approval')],
    ['it is held for security', OWN, aRun('assistant', 'security')],
    ['it asks a question', OWN, aRun('assistant', 'escalation')],
    ['a person has paused it', OWN, aRun('assistant', 'pause')],
    ["it is another member's", OWN, aRun('architect', 'approval')],
    ["it is a person's", OWN, aRun(null, 'approval')],
  ])('says nothing where %s', (_, own, run) => {
    expect(approveOwn('assistant', { own, runs: [run] })).toEqual([]);
  });
});
