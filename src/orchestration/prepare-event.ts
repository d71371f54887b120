import { givesUpTo } from '../domain/advance-by-outcome.ts';
import { approvalLine } from '../domain/approval-line.ts';
import type { RunEvent } from '../domain/event.ts';
import type { Option } from '../domain/hold.ts';
import { findRollbackTarget } from '../domain/roll-back.ts';
import type { HeldRun, Run, RunningRun } from '../domain/run.ts';
import type { Steer } from '../domain/steer.ts';
import type { Definition, Step } from '../domain/workflow.ts';
import type { Durable } from '../ports/durable.ts';
import type { Workspace } from '../ports/workspace.ts';
import { restoreBranch } from './restore-branch.ts';

/** What events need from the outside before the run can be advanced by them. */
export interface Preparers {
  /** A workflow by its name, as the repository has it at the commit; null when there is none. */
  readonly defineByName: (run: Run, name: string) => Promise<Definition | null>;
  /** The steps that a document lays out, with their roles as the repository has them; null when they cannot be done. */
  readonly defineSteps: (run: Run, steps: readonly Step[]) => Promise<Definition | null>;
  /** A signature that only this server can make. */
  readonly sign: (text: string) => string;
  readonly workspace: Pick<Workspace, 'push' | 'remoteHead' | 'readTrailers'>;
}

/**
 * The event with what the pure policy cannot know: the workflow that was chosen, and whether the branch is back where a
 * rollback wants it. Remembered, so that going through it again gives the same.
 */
export async function prepareEvent(
  run: Run,
  event: RunEvent,
  { durable, preparers }: { readonly durable: Durable; readonly preparers: Preparers },
): Promise<RunEvent> {
  const defining = toDefining(run, event, preparers);
  if (defining !== null && (event.kind === 'step-finished' || event.kind === 'steered')) {
    const chosen = await durable.step('define', defining);
    return chosen === null ? event : { ...event, chosen };
  }
  const restoring = toRestoring(run, event);
  if (restoring !== null && (event.kind === 'step-finished' || event.kind === 'steered')) {
    const restored = await durable.step('restore', () => restoreBranch(restoring, preparers.workspace));
    return { ...event, restored };
  }
  return withSignature(run, event, preparers);
}

/** An approval of a security hold is signed, so that it can be checked by whoever reads of it. */
function withSignature(run: Run, event: RunEvent, { sign }: Preparers): RunEvent {
  if (event.kind !== 'steered' || event.steer.kind !== 'approve' || run.state !== 'held') {
    return event;
  }
  const line = approvalLine(run, event);
  return line === null ? event : { ...event, signed: `${line} signature=${sign(line)}` };
}

/** Reads the definition that the event needs; null when it needs none. */
function toDefining(
  run: Run,
  event: RunEvent,
  { defineByName, defineSteps }: Preparers,
): (() => Promise<Definition | null>) | null {
  const outcome = event.kind === 'step-finished' ? event.outcome : undefined;
  if (outcome?.kind === 'passed' && outcome.planned !== undefined) {
    const { planned } = outcome;
    return () => defineSteps(run, planned);
  }
  const name = chosenName(run, event);
  return name === null ? null : () => defineByName(run, name);
}

/** The workflow that an outcome or an answer names. */
function chosenName(run: Run, event: RunEvent): string | null {
  if (event.kind === 'step-finished') {
    return event.outcome.kind === 'passed' ? (event.outcome.chosen?.workflow ?? null) : null;
  }
  const option = event.kind === 'steered' ? chosenOption(run, event.steer) : undefined;
  return option?.leadsTo.kind === 'start' ? option.leadsTo.workflow : null;
}

function chosenOption(run: Run, steer: Steer): Option | undefined {
  if (run.state !== 'held' || run.hold.kind !== 'escalation') {
    return undefined;
  }
  const { options, recommended } = run.hold;
  if (steer.kind === 'choose') {
    return options[steer.option - 1];
  }
  return steer.kind === 'approve' && recommended !== null ? options[recommended - 1] : undefined;
}

type Restoring = Parameters<typeof restoreBranch>[0];

/** What has to be put back; null when nothing is. */
function toRestoring(run: Run, event: RunEvent): Restoring | null {
  if (run.state !== 'running' && run.state !== 'held') {
    return null;
  }
  const step = stepToRestore(run, event);
  if (step === null) {
    return null;
  }
  const target = findRollbackTarget(run, step);
  return target.kind === 'none' ? null : { run, commit: target.head };
}

/** Somebody asked to go back there, or the present step gives up. */
function stepToRestore(run: RunningRun | HeldRun, event: RunEvent): string | null {
  if (event.kind === 'steered') {
    return event.steer.kind === 'rollback' ? event.steer.step : null;
  }
  const isRejected = event.kind === 'step-finished' && event.outcome.kind === 'rejected';
  return isRejected && run.state === 'running' ? givesUpTo(run) : null;
}
