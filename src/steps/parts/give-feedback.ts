import type { OutcomeInput } from '../../domain/outcome.ts';
import { toDocumentPath } from '../../domain/own-document.ts';
import type { RunningRun } from '../../domain/run.ts';
import type { StepWorld } from '../../domain/step-kind.ts';
import { toTicketKey } from '../../domain/ticket-key.ts';
import type { GateVerdict } from '../../domain/verdict.ts';
import type { Step } from '../../domain/workflow.ts';
import { findMissing } from './find-missing.ts';

/** The document that a step wants about what it rejects. */
export interface FeedbackOptions {
  readonly path: string;
  readonly about: 'failure' | 'performance';
  /** The document that tells one approach from another: the plan. */
  readonly approach?: string | undefined;
  readonly when: 'given-up' | 'each-time';
}

type Rejected = Extract<OutcomeInput, { kind: 'rejected' }>;

/** The rejection with a document about it on the branch, when it is time for one; or why it could not be written. */
export async function giveFeedback(
  { run, step, world }: { readonly run: RunningRun; readonly step: Step; readonly world: StepWorld },
  { feedback, failed }: { readonly feedback: FeedbackOptions; readonly failed: readonly GateVerdict[] },
  rejected: Rejected,
): Promise<OutcomeInput> {
  const isGivenUp = (run.rejections[step.id] ?? 0) + 1 >= step.maxRejections;
  if (feedback.when === 'given-up' && !isGivenUp) {
    return rejected;
  }
  const key = toTicketKey(run.order);
  const { approach, missing } = await readApproach(world, toPlan(feedback, key));
  const path = toDocumentPath(feedback.path, key);
  const written = await world.write({ kind: feedback.about, path, verdicts: failed, missing });
  if (written.kind === 'broke') {
    return { ...written, verdicts: rejected.verdicts };
  }
  const { checkpoint } = written;
  return {
    ...rejected,
    ...(checkpoint === undefined ? {} : { checkpoint }),
    ...(approach === null || !isGivenUp ? {} : { approach }),
  };
}

function toPlan({ approach }: FeedbackOptions, key: string): string | null {
  return approach === undefined ? null : toDocumentPath(approach, key);
}

/** What tells this approach from others, and what of it nobody has built. */
async function readApproach(world: StepWorld, plan: string | null) {
  return plan === null
    ? { approach: null, missing: [] }
    : { approach: await world.fingerprint(plan), missing: await findMissing(world, plan) };
}
