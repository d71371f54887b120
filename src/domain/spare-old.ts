import { type Finding, MAX_FINDINGS } from './finding.ts';
import { splitFindings } from './split-findings.ts';
import type { GateVerdict, Verdict } from './verdict.ts';

type Failed = Extract<Verdict, { kind: 'fail' }>;

/**
 * What a failure means when only what is new counts. It stays a failure whenever the two commits cannot be compared: the
 * base was not judged, nothing in the failure can be found again, or the list of findings was cut.
 */
export function spareOld(failed: Failed, before: Verdict): Pick<GateVerdict, 'verdict' | 'compared'> {
  if (before.kind !== 'fail') {
    return before.kind === 'pass'
      ? toJudged(failed, { old: [], new: failed.findings })
      : { verdict: { ...failed, summary: `${failed.summary} The base commit could not be judged.` } };
  }
  if (failed.findings.length === 0 || failed.findings.length >= MAX_FINDINGS) {
    return { verdict: { ...failed, summary: `${failed.summary} This cannot be compared with the base.` } };
  }
  return toJudged(failed, splitFindings(failed.findings, before.findings));
}

function toJudged(
  failed: Failed,
  split: { readonly old: readonly Finding[]; readonly new: readonly Finding[] },
): Pick<GateVerdict, 'verdict' | 'compared'> {
  const compared = { old: split.old.length, new: split.new.length };
  if (split.new.length > 0) {
    const summary = `${failed.summary} New: ${compared.new}; the base has ${compared.old} more.`;
    return { compared, verdict: { ...failed, summary, findings: [...split.new] } };
  }
  const { evidence } = failed;
  const summary = `Nothing new: the base commit has all ${compared.old} findings too.`;
  return {
    compared,
    verdict: { kind: 'pass', summary, ...(evidence === undefined ? {} : { evidence }) },
  };
}
