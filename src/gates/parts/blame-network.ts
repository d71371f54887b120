import type { CheckEgress } from '../../domain/check-egress.ts';
import type { CommandResult } from '../../domain/evidence.ts';
import type { Verdict } from '../../domain/verdict.ts';

/** A check that was let out. */
interface Asking {
  readonly check: string;
  readonly egress: CheckEgress;
}

/**
 * The verdict on a check that was let out: when it did not come to one, that is for want of an answer until somebody has
 * seen otherwise, and may be over the next time. What it says is of its day, not of the commit alone.
 */
export function blameNetwork(verdict: Verdict, result: CommandResult, { check, egress }: Asking): Verdict {
  if (verdict.kind === 'pass' || verdict.kind === 'fail') {
    return { ...verdict, ofItsDay: true };
  }
  if (verdict.kind !== 'broke' || result.kind !== 'exited') {
    return verdict;
  }
  const { name, orMirrorOf } = egress.registry;
  const [first] = result.inVain ?? [];
  const why = first ?? 'nobody has given an answer that it understands';
  return {
    kind: 'broke',
    summary: `${check} could not ask ${name}: ${why}. ${verdict.summary}`,
    remedy:
      `Look at what it printed, then retry the run. An operator can name a mirror that answers such questions, or switch it off: ` +
      `\`${name}=https://...\` or \`${name}=off\` in BATON_REGISTRIES${orMirrorOf === undefined ? '' : `; until then the mirror of ${orMirrorOf} is asked, if there is one`}.`,
    ...(verdict.evidence === undefined ? {} : { evidence: verdict.evidence }),
  };
}
