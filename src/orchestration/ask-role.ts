import { buildBrief } from '../domain/build-brief.ts';
import type { Models } from '../domain/models.ts';
import type { ReportKind } from '../domain/report.ts';
import type { RunningRun } from '../domain/run.ts';
import type { Sha } from '../domain/sha.ts';
import type { Answer, StepWorld } from '../domain/step-kind.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { AgentAnswer, AgentRuntime } from '../ports/agent-runtime.ts';
import type { Tree, Workspace } from '../ports/workspace.ts';
import { mapTexts } from './map-texts.ts';
import { pushCheckpoint } from './push-checkpoint.ts';
import { readInstructions } from './read-instructions.ts';
import { readReport } from './read-report.ts';
import { type AgentReach, toAgentPlace } from './to-agent-place.ts';
import { toUnpushed } from './to-unpushed.ts';
import { type Overlay, withDependencies } from './with-dependencies.ts';

/** Bytes of the change that a brief shows; a reviewer can read the rest in the tree. */
const DIFF_LIMIT_BYTES = 200_000;

/** What asking a role needs of the rest. */
export interface AgentBench extends AgentReach {
  readonly workspace: Workspace;
  readonly runtime: AgentRuntime;
  /** What the tiers that roles name stand for here. */
  readonly models: Models;
  /** An unguessable token for the fences of one attempt's brief. */
  readonly fenceToken: (run: RunningRun) => string;
  /** What was installed for a tree. */
  readonly overlay: (run: RunningRun, tree: Tree, signal: AbortSignal) => Promise<Overlay>;
  /** What must not leave this machine in a commit on top of the run's head; asked before it is pushed. */
  readonly guard: (run: RunningRun, commit: Sha, signal: AbortSignal) => Promise<Verdict>;
  /** Hides credentials in what an agent reports: it is shown to everybody. */
  readonly mask: (text: string) => string;
}

/** Where what a role wrote is pushed to; `none`: whoever asked pushes it. */
type Branch = 'run' | 'own' | 'none';

type Request = Omit<Parameters<StepWorld['ask']>[0], 'branch'> & {
  readonly branch?: Branch;
  /** The commits that the written one joins; the run's head when absent. */
  readonly parents?: readonly [Sha, ...Sha[]];
};

/** Asks a role in a fresh tree of the run's head, or in none, checks its report, and seals what it wrote. */
export async function askRole<Kind extends ReportKind>(
  run: RunningRun,
  request: Request & { report: Kind },
  { bench, signal }: { bench: AgentBench; signal: AbortSignal },
): Promise<Answer<Kind>> {
  const brief = await writeBrief(run, request, bench);
  const tree = request.access === 'none' ? null : await openTree(run, bench);
  try {
    const sandbox =
      tree === null
        ? bench.sandbox
        : withDependencies(bench.sandbox, tree.path, () => bench.overlay(run, tree, signal));
    const place = toAgentPlace(run, { tree, report: request.report, reach: { ...bench, sandbox } });
    const answer = await bench.runtime.run(brief, place, signal);
    signal.throwIfAborted();
    const report = mapTexts(toReported(answer, request.report), bench.mask);
    if (report.kind === 'broke') {
      return report;
    }
    return tree === null || request.access !== 'write'
      ? report
      : await sealWork(run, { tree, report, request, bench, signal });
  } finally {
    await tree?.close();
  }
}

function openTree({ order, head, step }: RunningRun, { workspace }: AgentBench): Promise<Tree> {
  return workspace.openTree(order.subject.repository, head, `${order.id}-${step}`);
}

async function writeBrief(run: RunningRun, request: Request, { workspace, fenceToken, models }: AgentBench) {
  const role = run.definition.roles[request.role];
  if (role === undefined) {
    throw new RangeError(`the definition of run ${run.order.id} has no role ${request.role}`);
  }
  const { repository } = run.order.subject;
  const diff =
    run.head === run.base.sha
      ? ''
      : await workspace.readDiff(repository, run.base.sha, run.head, {
          maxBytes: DIFF_LIMIT_BYTES,
          paths: request.files?.paths,
        });
  const { role: _name, branch: _branch, parents: _parents, ...asked } = request;
  const tools = request.access === 'none' ? [] : role.tools;
  return buildBrief(run, {
    ...asked,
    role: { ...role, tools },
    model: models[role.model],
    repository: await readInstructions(run, workspace),
    diff,
    token: fenceToken(run),
  });
}

type Reported<Kind extends ReportKind> = Extract<Answer<Kind>, { kind: 'reported' }>;
type Broke = Extract<Answer, { kind: 'broke' }>;

function toReported<Kind extends ReportKind>(answer: AgentAnswer, kind: Kind): Reported<Kind> | Broke {
  if (answer.kind === 'failed') {
    return { kind: 'broke', summary: answer.message, remedy: answer.remedy, retriable: answer.retriable };
  }
  const read = readReport(answer.report, kind);
  return read.kind === 'report'
    ? { kind: 'reported', report: read.report }
    : {
        kind: 'broke',
        summary: `the report does not have the form of a ${kind} report: ${read.faults.join('; ')}`,
        remedy: 'Retry; if it happens again, look at the role and its model.',
        retriable: true,
      };
}

async function sealWork<Kind extends ReportKind>(
  run: RunningRun,
  {
    tree,
    report,
    request,
    bench,
    signal,
  }: {
    tree: Tree;
    report: Reported<Kind>;
    request: Request;
    bench: AgentBench;
    signal: AbortSignal;
  },
): Promise<Answer<Kind>> {
  const { order, step, attempt, since } = run;
  const sealed = await bench.workspace.seal(tree, {
    repository: order.subject.repository,
    runId: order.id,
    step,
    attempt,
    subject: 'summary' in report.report ? report.report.summary : step,
    at: since,
    ...(request.parents === undefined ? {} : { parents: request.parents }),
  });
  switch (sealed.kind) {
    case 'unchanged':
      return report;
    case 'refused':
      return sealed;
    case 'sealed':
      return (
        objection(await bench.guard(run, sealed.commit, signal)) ??
        (await push(run, sealed.commit, {
          report,
          branch: request.branch ?? 'run',
          workspace: bench.workspace,
        }))
      );
  }
}

/** What has been pushed is public, so what must not be is stopped here; null when there is nothing against it. */
function objection(verdict: Verdict): Extract<Answer, { kind: 'refused' | 'broke' }> | null {
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

async function push<Kind extends ReportKind>(
  run: RunningRun,
  commit: Sha,
  { report, branch, workspace }: { report: Reported<Kind>; branch: Branch; workspace: Workspace },
): Promise<Answer<Kind>> {
  if (branch === 'none') {
    return { ...report, checkpoint: commit };
  }
  const pushed = await pushCheckpoint(run, commit, { workspace, branch });
  return pushed.kind === 'pushed' ? { ...report, checkpoint: commit } : toUnpushed(run, pushed);
}
