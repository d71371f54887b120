import type { Conflict } from '../domain/conflict.ts';
import { conflictWords, toHunks } from '../domain/conflict.ts';
import type { Part } from '../domain/outcome.ts';
import type { RunningRun } from '../domain/run.ts';
import type { Sha } from '../domain/sha.ts';
import type { MergeRequest, Merging } from '../domain/step-kind.ts';
import type { Merged, Seal } from '../ports/workspace.ts';
import { type AgentBench, askRole } from './ask-role.ts';
import { pushCheckpoint } from './push-checkpoint.ts';
import { toUnpushed } from './to-unpushed.ts';

interface Means {
  readonly bench: AgentBench;
  readonly signal: AbortSignal;
}

/**
 * Merges the parts into the run's head in their order. What git cannot join is given to a role, in a tree that holds both
 * sides; it is settled only when no side is left unjoined in what the role has written. Nothing is pushed before all are in.
 */
export async function mergeParts(run: RunningRun, request: MergeRequest, means: Means): Promise<Merging> {
  let head = run.head;
  const merges: Part[] = [];
  const settled: string[] = [];
  for (const part of request.parts) {
    means.signal.throwIfAborted();
    const merged = await means.bench.workspace.merge(head, part.commit, toSeal(run, part));
    const joined =
      merged.kind === 'merged' ? merged : await settle(run, { request, part, head, merged }, means);
    if (joined.kind !== 'merged') {
      return joined;
    }
    if (merged.kind === 'conflict') {
      settled.push(part.title);
    }
    head = joined.commit;
    merges.push({ ...part, commit: head });
  }
  const pushed = await pushCheckpoint(run, head, { workspace: means.bench.workspace, branch: 'run' });
  return pushed.kind === 'pushed'
    ? { kind: 'merged', merges, settled, checkpoint: head }
    : toUnpushed(run, pushed);
}

interface Dispute {
  readonly request: MergeRequest;
  readonly part: Part;
  /** What was merged before the part. */
  readonly head: Sha;
  readonly merged: Extract<Merged, { kind: 'conflict' }>;
}

type Settled = Extract<Merged, { kind: 'merged' }> | Exclude<Merging, { kind: 'merged' }>;

async function settle(run: RunningRun, dispute: Dispute, means: Means): Promise<Settled> {
  const { request, part, head, merged } = dispute;
  const why: string[] = [];
  while (why.length < request.tries) {
    const answer = await askRole(
      // The tree is that of the conflict; the run itself stays where it is.
      { ...run, head: merged.commit },
      {
        role: request.role,
        report: 'work',
        access: 'write',
        branch: 'none',
        parents: [head, part.commit],
        task: toTask(dispute, why),
        timeoutMs: request.timeoutMs,
      },
      means,
    );
    if (answer.kind === 'broke') {
      return answer;
    }
    const commit = answer.kind === 'reported' ? answer.checkpoint : undefined;
    const left =
      commit === undefined ? merged.conflicts : await listUnsettled(run, { commit, merged }, means);
    if (commit !== undefined && left.length === 0) {
      return { kind: 'merged', commit };
    }
    why.push(toReason(answer.kind === 'refused', commit, left));
  }
  return { kind: 'conflict', part, conflicts: merged.conflicts, why };
}

function toReason(isRefused: boolean, commit: Sha | undefined, left: readonly Conflict[]): string {
  if (isRefused) {
    return 'what was written must not be committed';
  }
  return commit === undefined
    ? 'no file was changed'
    : `both sides are still in ${left.map(({ path }) => path).join(', ')}`;
}

/** The files of the conflict that still hold both sides. */
async function listUnsettled(
  run: RunningRun,
  { commit, merged }: { readonly commit: Sha; readonly merged: Dispute['merged'] },
  { bench }: Means,
): Promise<readonly Conflict[]> {
  const { repository } = run.order.subject;
  const now = await Promise.all(
    merged.conflicts.map(async ({ path }) => {
      const bytes = await bench.workspace.readFile(repository, commit, path);
      return { path, hunks: bytes === null ? [] : toHunks(new TextDecoder().decode(bytes)) };
    }),
  );
  return now.filter(({ hunks }) => hunks.length > 0);
}

function toTask({ part, merged }: Dispute, why: readonly string[]): string {
  return [
    `Merging ${part.title} into what was merged before it has conflicts. The working directory holds the merge: in each file named below both sides stand between the marks of git, the earlier work first. Join them so that what either side meant still works, take the marks out, and leave everything else as it is.`,
    conflictWords(merged.conflicts),
    ...why.map((line, index) => `Try ${index + 1} did not settle it: ${line}.`),
  ].join('\n\n');
}

function toSeal(run: RunningRun, { title }: Part): Seal {
  const { order, step, attempt, since } = run;
  return {
    repository: order.subject.repository,
    runId: order.id,
    step,
    attempt,
    subject: `Merge ${title}`,
    at: since,
  };
}
