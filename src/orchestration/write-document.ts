import type { OwnDocument } from '../domain/own-document.ts';
import type { RunningRun } from '../domain/run.ts';
import type { MsBetween } from '../domain/run-state.ts';
import type { Sha } from '../domain/sha.ts';
import type { Answer, WrittenDocument } from '../domain/step-kind.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { Workspace } from '../ports/workspace.ts';
import { commitState } from './commit-state.ts';
import { objection } from './objection.ts';
import { pushCheckpoint } from './push-checkpoint.ts';
import { toUnpushed } from './to-unpushed.ts';

/** What writing a document needs of the rest. */
export interface DocumentDesk {
  readonly workspace: Workspace;
  readonly msBetween: MsBetween;
  /** What is against a commit's being pushed. */
  readonly guard: (run: RunningRun, commit: Sha) => Promise<Verdict>;
  /** The same run and document always give the same words. */
  readonly toText: (run: RunningRun, document: OwnDocument) => string;
}

/** Puts a document of Baton's own onto the run's branch, unless it says the same already. Safe to repeat. */
export async function writeDocument(
  run: RunningRun,
  document: OwnDocument,
  { workspace, guard, toText, msBetween }: DocumentDesk,
): Promise<WrittenDocument> {
  const { order, step, attempt, since } = run;
  const seal = {
    repository: order.subject.repository,
    runId: order.id,
    step,
    attempt,
    subject: `Write ${document.path}`,
    at: since,
  };
  const file = { path: document.path, text: toText(run, document) };
  const commit = await workspace.commitFile(run.head, file, seal);
  if (commit === null) {
    return { kind: 'written' };
  }
  const checkpoint = await commitState(run, commit, { workspace, msBetween });
  const against = objection(await guard(run, checkpoint));
  if (against !== null) {
    return toBroke(document, against);
  }
  const pushed = await pushCheckpoint(run, checkpoint, { workspace, branch: 'run' });
  return pushed.kind === 'pushed' ? { kind: 'written', checkpoint } : toUnpushed(run, pushed);
}

function toBroke(
  { path }: OwnDocument,
  against: NonNullable<ReturnType<typeof objection>>,
): Extract<Answer, { kind: 'broke' }> {
  return against.kind === 'broke'
    ? against
    : {
        kind: 'broke',
        summary: `${path} cannot be committed: ${against.findings.map(({ message }) => message).join('; ')}`,
        remedy: 'Retry the step whose words it has, with guidance on what must not stand there.',
        retriable: false,
      };
}
