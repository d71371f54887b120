import type { Answer } from '../domain/answer.ts';
import { findRollbackTarget } from '../domain/roll-back.ts';
import { isBegun, type Run } from '../domain/run.ts';
import type { Steer } from '../domain/steer.ts';
import { findTeam } from './find-team.ts';
import type { Sending, SteeringAsk } from './steering.ts';
import { toSteer } from './to-steer.ts';
import { toUnprepared } from './to-unprepared.ts';

/** What is left for the run, or why nothing is; null when nothing can be said to it without knowing it. */
export async function prepareSteer(
  run: Run | 'unreadable' | null,
  ask: SteeringAsk,
  { intent, world }: Sending,
): Promise<Steer | { readonly refusal: Answer } | null> {
  if (run === null || run === 'unreadable') {
    return run === null ? null : toUnprepared(intent, ask);
  }
  const why = objection(run, ask);
  if (why !== null) {
    return { refusal: { kind: 'ignored', why } };
  }
  const found = await tryToFindTeam(run, ask, { intent, world });
  if ('refusal' in found) {
    return found;
  }
  const merged = ask.kind === 'cancel' && (await isMerged(run, { intent, world }));
  return merged ? { kind: 'merged' } : { ...(await toSteer(run, ask, { intent, world })), ...found };
}

/** Why it cannot be done, when that is known before the run is disturbed: what is refused must not cost anybody's work. */
function objection(run: Run, ask: SteeringAsk): string | null {
  if (ask.kind !== 'rollback' || !isBegun(run)) {
    return null;
  }
  const target = findRollbackTarget(run, ask.step);
  return target.kind === 'none' ? target.why : null;
}

/** The team by which an approval counts, if it does so by one. Fails closed, with an answer that says what is not known. */
async function tryToFindTeam(
  run: Run,
  ask: SteeringAsk,
  { intent, world }: Sending,
): Promise<{ readonly team?: string } | { readonly refusal: Answer }> {
  try {
    const team = ask.kind === 'approve' ? await findTeam(run, intent.actor, world.codeHost) : null;
    return team === null ? {} : { team };
  } catch (error) {
    return { refusal: { kind: 'unsure', why: error instanceof Error ? error.message : String(error) } };
  }
}

/** A merge closes the issue that it was for, and GitHub may tell of that first. */
async function isMerged(run: Run, { intent: { source }, world: { codeHost } }: Sending): Promise<boolean> {
  const { subject, branch, change } = run.order;
  const isClosing = source.kind === 'withdrawal' && source.what === 'issue-closed';
  return isClosing && isBegun(run) && change === undefined
    ? await codeHost.isMerged(subject.repository, branch)
    : false;
}
