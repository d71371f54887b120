import type { Answer } from '../domain/step-kind.ts';
import type { Verdict } from '../domain/verdict.ts';

/** What has been pushed is public, so what must not be is stopped here; null when there is nothing against it. */
export function objection(verdict: Verdict): Extract<Answer, { kind: 'refused' | 'broke' }> | null {
  switch (verdict.kind) {
    case 'pass':
    case 'skip':
      return null;
    case 'fail':
    case 'hold':
      return { kind: 'refused', findings: verdict.findings };
    case 'broke': {
      const { summary, remedy, permanent } = verdict;
      return { kind: 'broke', summary, remedy, retriable: permanent === undefined };
    }
  }
}
