import type { Asked } from '../domain/asked.ts';
import type { ReportKind } from '../domain/report.ts';
import type { RunningRun } from '../domain/run.ts';
import type { MsBetween } from '../domain/run-state.ts';
import type { Sha } from '../domain/sha.ts';
import type { Answer, StepWorld } from '../domain/step-kind.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { AgentAnswer } from '../ports/agent-runtime.ts';
import type { Traces } from '../ports/traces.ts';
import type { Tree, Workspace } from '../ports/workspace.ts';
import { askInTurn, type Tried } from './ask-in-turn.ts';
import { commitState } from './commit-state.ts';
import type { Breakers } from './create-breakers.ts';
import { mapTexts } from './map-texts.ts';
import { objection } from './objection.ts';
import { pushCheckpoint } from './push-checkpoint.ts';
import { readReport } from './read-report.ts';
import { type AgentReach, toAgentPlace } from './to-agent-place.ts';
import { type AskingBench, type ReadyCandidate, type RoleAsking, toAsking } from './to-asking.ts';
import { toUnpushed } from './to-unpushed.ts';
import { traceCandidate } from './trace-candidate.ts';
import { type Overlay, withDependencies } from './with-dependencies.ts';

/** What asking a role needs of the rest. */
export interface AgentBench extends Omit<AgentReach, 'gateway'>, AskingBench {
  readonly breakers: Breakers;
  /** Told who was asked, in each attempt. */
  readonly note: (asked: Asked) => void;
  /** Records each agent at work. */
  readonly traces: Traces;
  readonly msBetween: MsBetween;
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

/**
 * Asks a role in a fresh tree of the run's head, or in none, checks its report, and seals what it wrote. What one runtime
 * or provider cannot do is asked of the next.
 */
export async function askRole<Kind extends ReportKind>(
  run: RunningRun,
  request: Request & { report: Kind },
  { bench, signal }: { bench: AgentBench; signal: AbortSignal },
): Promise<Answer<Kind>> {
  const { branch: _branch, parents: _parents, ...asked } = request;
  const { brief, candidates } = await toAsking(run, asked, bench);
  const failed: string[] = [];
  const tried = await askInTurn(candidates, {
    breakers: bench.breakers,
    note: (noted) => bench.note(mapTexts({ ...noted, role: request.role, ...toLeftOut(brief) }, bench.mask)),
    async ask(given) {
      const candidate = traceCandidate(run, given, { role: request.role, failed, traces: bench.traces });
      const one = await askOne(run, request, { brief, candidate, bench, signal });
      failed.push(...(one.kind === 'failed' ? [one.message] : []));
      return one;
    },
  });
  return tried.kind === 'done' ? tried.result : mapTexts(toBroke(tried), bench.mask);
}

function toLeftOut({ leftOut }: RoleAsking['brief']): Pick<Asked, 'leftOut'> {
  return leftOut === undefined ? {} : { leftOut: [...leftOut] };
}

/** One candidate in a tree of its own: another never sees what this one has left. */
async function askOne<Kind extends ReportKind>(
  run: RunningRun,
  request: Request & { report: Kind },
  asking: { brief: RoleAsking['brief']; candidate: ReadyCandidate; bench: AgentBench; signal: AbortSignal },
): Promise<Tried<Answer<Kind>>> {
  const { brief, candidate, bench, signal } = asking;
  const { runtime, gateway } = candidate.hand;
  const tree = request.access === 'none' ? null : await openTree(run, bench);
  try {
    const sandbox =
      tree === null
        ? bench.sandbox
        : withDependencies(bench.sandbox, tree.path, () => bench.overlay(run, tree, signal));
    const reach = { ...bench, sandbox, gateway };
    const place = toAgentPlace(run, { tree, report: request.report, reach });
    const answer = await runtime.run({ ...brief, model: candidate.model }, place, signal);
    signal.throwIfAborted();
    if (answer.kind === 'failed') {
      return answer;
    }
    const report = mapTexts(toReported(answer.report, request.report), bench.mask);
    const result =
      report.kind === 'broke' || tree === null || request.access !== 'write'
        ? report
        : await sealWork(run, { tree, report, request, bench, signal });
    return { kind: 'done', result };
  } finally {
    await tree?.close();
  }
}

function openTree({ order, head, step }: RunningRun, { workspace }: AgentBench): Promise<Tree> {
  return workspace.openTree(order.subject.repository, head, `${order.id}-${step}`);
}

type Reported<Kind extends ReportKind> = Extract<Answer<Kind>, { kind: 'reported' }>;
type Broke = Extract<Answer, { kind: 'broke' }>;
type Failure = Extract<AgentAnswer, { kind: 'failed' }>;

function toBroke({ message, remedy, retriable }: Failure): Broke {
  return { kind: 'broke', summary: message, remedy, retriable };
}

function toReported<Kind extends ReportKind>(report: unknown, kind: Kind): Reported<Kind> | Broke {
  const read = readReport(report, kind);
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
    case 'sealed': {
      const branch = request.branch ?? 'run';
      const commit = branch === 'run' ? await commitState(run, sealed.commit, bench) : sealed.commit;
      return (
        objection(await bench.guard(run, commit, signal)) ??
        (await push(run, commit, { report, branch, workspace: bench.workspace }))
      );
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
