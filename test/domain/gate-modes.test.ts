import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/domain/finding.ts';
import { chooseMode, type GateMode } from '../../src/domain/gate-mode.ts';
import { spareOld } from '../../src/domain/spare-old.ts';
import { splitFindings } from '../../src/domain/split-findings.ts';
import type { Verdict } from '../../src/domain/verdict.ts';

function at(message: string, path = 'a.ts'): Finding {
  return { path, message, severity: 'error' };
}

function fail(findings: readonly Finding[]): Extract<Verdict, { kind: 'fail' }> {
  return { kind: 'fail', summary: 'lint failed.', findings: [...findings], evidence: '$ lint' };
}

describe('domain/gate-mode', () => {
  it.each<[GateMode | undefined, GateMode | undefined, GateMode | undefined, GateMode]>([
    [undefined, undefined, undefined, 'strict'],
    [undefined, undefined, 'informational', 'strict'],
    [undefined, 'regression-only', undefined, 'strict'],
    [undefined, 'regression-only', 'informational', 'regression-only'],
    [undefined, 'informational', 'informational', 'informational'],
    ['informational', undefined, 'strict', 'strict'],
    ['informational', 'strict', 'informational', 'informational'],
    ['regression-only', 'informational', 'informational', 'informational'],
  ])('workflow %s, may relax to %s, repository %s: %s', (mode, mayRelaxTo, asked, expected) => {
    expect(chooseMode({ mode, mayRelaxTo }, asked)).toBe(expected);
  });
});

describe('domain/split-findings', () => {
  it.each<[string, readonly Finding[], readonly Finding[], readonly Finding[]]>([
    ['the same', [at('a')], [at('a')], []],
    ['on another line', [{ ...at('a at b.ts:3:7'), line: 3 }], [{ ...at('a at b.ts:9:1'), line: 9 }], []],
    ['that took longer', [at('slow (12.5 ms)')], [at('slow (900 ms)')], []],
    ['in another file', [at('a', 'b.ts')], [at('a')], [at('a', 'b.ts')]],
    ['that is worse', [at('complexity 30')], [at('complexity 12')], [at('complexity 30')]],
    ['once more', [at('a'), at('a')], [at('a')], [at('a')]],
  ])('a finding %s', (_, now, before, expected) => {
    expect(splitFindings(now, before).new).toEqual(expected);
  });
});

describe('domain/spare-old', () => {
  it('passes a failure of which the base has everything', () => {
    expect(spareOld(fail([at('a')]), fail([at('b'), at('a')]))).toEqual({
      verdict: {
        kind: 'pass',
        summary: 'Nothing new: the base commit has all 1 findings too.',
        evidence: '$ lint',
      },
      compared: { old: 1, new: 0 },
    });
  });

  it('names only what is new', () => {
    expect(spareOld(fail([at('a'), at('b')]), fail([at('a')]))).toMatchObject({
      verdict: { kind: 'fail', summary: 'lint failed. New: 1; the base has 1 more.', findings: [at('b')] },
      compared: { old: 1, new: 1 },
    });
    expect(spareOld(fail([at('a')]), { kind: 'pass', summary: '' })).toMatchObject({
      verdict: { kind: 'fail', findings: [at('a')] },
      compared: { old: 0, new: 1 },
    });
  });

  it.each<[string, readonly Finding[], Verdict]>([
    ['the base broke', [at('a')], { kind: 'broke', summary: '', remedy: '' }],
    ['the base was skipped', [at('a')], { kind: 'skip', summary: '' }],
    ['there is nothing to compare', [], fail([])],
    ['the list was cut', Array.from({ length: 500 }, () => at('a')), fail([at('a')])],
  ])('stays a failure when %s', (_, findings, before) => {
    const judged = spareOld(fail(findings), before);
    expect(judged.verdict.kind).toBe('fail');
    expect(judged.compared).toBeUndefined();
  });
});
