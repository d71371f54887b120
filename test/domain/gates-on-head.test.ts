import { describe, expect, it } from 'vitest';
import { gatesOnHead } from '../../src/domain/gates-on-head.ts';
import { sha } from '../support/orders.ts';
import { approved, asked, built, designed, failing, judged, triaged } from '../support/outcomes.ts';
import { runAfter } from '../support/run-after.ts';

const upToImplementation = [triaged, designed, asked, approved()];

function verdicts(...happenings: Parameters<typeof runAfter>[0]) {
  const run = runAfter([...upToImplementation, ...happenings]);
  return run.state === 'running' && gatesOnHead(run).map(({ gate, verdict }) => `${gate} ${verdict.kind}`);
}

describe('domain/gates-on-head', () => {
  it('has what each gate said of the present commit', () => {
    expect(verdicts(built(sha('b')))).toEqual([]);
    expect(verdicts(built(sha('b')), judged)).toEqual(['tests pass', 'lint pass']);
  });

  it('has nothing of an earlier commit', () => {
    expect(verdicts(built(sha('b')), failing, built(sha('c')))).toEqual([]);
  });

  it('has the newest word of a gate that judged twice', () => {
    const broke = { kind: 'broke', summary: 'no tool', remedy: 'Install it.', retriable: true } as const;
    const verdict = { kind: 'broke', summary: 'no tool', remedy: 'Install it.' } as const;
    const broken = { ...broke, verdicts: [{ gate: 'tests', verdict, durationMs: 1 }] };
    expect(verdicts(built(sha('b')), broken)).toEqual(['tests broke']);
    expect(verdicts(built(sha('b')), broken, judged)).toEqual(['tests pass', 'lint pass']);
  });
});
