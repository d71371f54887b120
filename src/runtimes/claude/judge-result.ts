import type { ModelRefusal } from '../../domain/model-refusal.ts';
import { type Failure, failedForNow, toModelRefused, toNoReport, toTooManyTurns } from '../parts/failure.ts';
import { clip, toRefused, toStatusFailure } from '../parts/provider-failure.ts';
import { type ReportDesk, unwrapReport } from '../parts/report-desk.ts';
import type { Result } from './message.ts';

/**
 * What the end of a turn comes to: `taken` when the desk has the report, `again` when the agent has to mend it, or why
 * it cannot go on. Claude Code calls it a success when there is no report at all, and when the provider said no.
 */
export function judgeResult(
  result: Result,
  desk: ReportDesk,
  { refusal, mostTurns }: { readonly refusal: ModelRefusal | null; readonly mostTurns: number },
): 'taken' | 'again' | Failure {
  if (result.is_error || result.subtype !== 'success') {
    return refusal === null ? toFailure(result, mostTurns) : toRefused(refusal);
  }
  if (result.stop_reason === 'refusal') {
    return toModelRefused();
  }
  if (result.structured_output === undefined || result.structured_output === null) {
    desk.noteMissing();
  } else {
    desk.offer(unwrapReport(result.structured_output));
  }
  if (desk.taken !== null) {
    return 'taken';
  }
  return desk.exhausted ? toNoReport(desk.faults) : 'again';
}

function toFailure(result: Result, mostTurns: number): Failure {
  switch (result.subtype) {
    case 'error_max_turns':
      return toTooManyTurns(mostTurns);
    case 'error_max_structured_output_retries':
      return toNoReport(['none of them had its form']);
    case 'success':
      return toProviderFailure(result);
    default: {
      const words = clip([result.result, ...result.errors].filter((text) => text !== '').join('; '));
      return failedForNow(
        'crash',
        `Claude Code could not go on: ${words || result.subtype}`,
        'Retry the step.',
      );
    }
  }
}

function toProviderFailure({ api_error_status: status, result }: Result): Failure {
  return status === undefined || status === null
    ? failedForNow('provider', `The model could not be reached: ${clip(result)}`, 'Retry the step.')
    : toStatusFailure(status, result);
}
