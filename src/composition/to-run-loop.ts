import type { Asked } from '../domain/asked.ts';
import { budgetsOf } from '../domain/budgets-of.ts';
import type { Outcome } from '../domain/outcome.ts';
import { allows } from '../domain/permission.ts';
import type { Order, QueuedRun, RunningRun } from '../domain/run.ts';
import type { Sha } from '../domain/sha.ts';
import type { GateUse, StepWorld } from '../domain/step-kind.ts';
import { activeMembers } from '../domain/team/active-members.ts';
import { NOBODY } from '../domain/team/nobody.ts';
import type { GateVerdict, Verdict } from '../domain/verdict.ts';
import { askRole } from '../orchestration/ask-role.ts';
import { type Baselines, createBaselines } from '../orchestration/baselines.ts';
import { type Breakers, createBreakers } from '../orchestration/create-breakers.ts';
import { ensureSurfaces } from '../orchestration/ensure-surfaces.ts';
import type { RunLoop } from '../orchestration/execute-run.ts';
import { type DebtDesk, fileDebts } from '../orchestration/file-debts.ts';
import { judgeGates } from '../orchestration/judge-gates.ts';
import { mapTexts } from '../orchestration/map-texts.ts';
import { mergeParts } from '../orchestration/merge-parts.ts';
import { mergePullRequest } from '../orchestration/merge-pull-request.ts';
import { type AttemptMeter, meterAttempt } from '../orchestration/meter-attempt.ts';
import { noteCrash } from '../orchestration/note-crash.ts';
import { openEvidence } from '../orchestration/open-evidence.ts';
import {
  type AttemptWorld,
  agreeOn,
  branchesOf,
  callsOf,
  performStep,
} from '../orchestration/perform-step.ts';
import { provideDependencies } from '../orchestration/provide-dependencies.ts';
import { provideOnce } from '../orchestration/provide-once.ts';
import { readChangeOnce } from '../orchestration/read-change-once.ts';
import { readOverlay } from '../orchestration/read-overlay.ts';
import { removeOwnBranches } from '../orchestration/remove-own-branches.ts';
import { reportRun } from '../orchestration/report-run.ts';
import { writeDocument } from '../orchestration/write-document.ts';
import type { AgentEvent } from '../ports/agent-event.ts';
import type { Tree } from '../ports/workspace.ts';
import { debtAddition, debtAgain, debtIssue } from '../presentation/debt-issue.ts';
import { ownDocument } from '../presentation/own-document.ts';
import { present } from '../presentation/present.ts';
import { pullRequest } from '../presentation/pull-request.ts';
import { sha256 } from '../system/sha256.ts';
import { attendRuntimes } from './attend-runtimes.ts';
import { defineByName, defineSteps, defineWorkflow, listOffers } from './define-workflow.ts';
import { limitBranches } from './limit-branches.ts';
import { logAgentEvent } from './log-agent-event.ts';
import type { Parts } from './parts.ts';
import { sayWhenSlow } from './say-when-slow.ts';
import { type Crashed, toAgentCrash } from './to-agent-crash.ts';
import { toCrashDesk, toReporting } from './to-reporting.ts';
import { toToolPaths } from './tool-paths.ts';
import { traceEnd, traceStep } from './trace-run.ts';

/** Gates that run at the same time in one run. More than this only makes each slower on a small machine. */
const PARALLEL_GATES = 4;

/** What lives as long as the loop. */
interface LoopParts extends Parts {
  readonly baselines: Baselines;
  readonly breakers: Breakers;
}

/** The loop of a run, with the real world behind it. */
export function toRunLoop(given: Parts): RunLoop {
  const breakers = createBreakers({
    rules: given.settings.breaker,
    elapsedMs: () => performance.now(),
    log: given.log,
  });
  const parts: LoopParts = { ...given, baselines: createBaselines(), breakers };
  const { catalog, log, workspace } = parts;
  const bench = {
    stepKind: (name: string) => catalog.stepKinds.get(name),
    world: (run: RunningRun, signal: AbortSignal) => toAttemptWorld(parts, run, signal),
    log,
    afterCrash: (run: RunningRun, crash: Crashed) => toAgentCrash(run, crash, parts),
  };
  const reporting = toReporting(parts, bench);
  return {
    clock: parts.clock,
    workspace,
    readBase: (repository) => workspace.readBase(repository),
    readChange: (subject, change) => workspace.readChange(subject, change),
    sayWhenSlow: (run, work) =>
      sayWhenSlow(work, {
        say: () => showQueued(run, parts),
        patienceMs: parts.settings.beginMs,
      }),
    define: (order, commit) => defineWorkflow(parts.catalogAt, order, commit),
    defineByName: (run, name) => defineByName(parts.catalogAt, run, name),
    sign: (text) => parts.markers.sign(text),
    defineSteps: (run, steps) => defineSteps(parts.catalogAt, run, steps),
    mayStart: (order) => mayStart(order, parts),
    callsOf: (run) => callsOf(run, bench),
    branchesOf: (run) => branchesOf(run, bench),
    agreeOn: (run) => agreeOn(run, bench),
    async perform(run, signal) {
      const startedMs = performance.now();
      const outcome = await performStep(run, signal, bench);
      const ms = performance.now() - startedMs;
      log.debug({ runId: run.order.id, step: run.step, attempt: run.attempt, ms }, 'a step was performed');
      traceStep(parts.traces, run, { outcome: outcome === 'aborted' ? outcome : outcome.kind, ms });
      return outcome;
    },
    removeOwnBranches: (run) => removeOwnBranches(run, { ...bench, workspace }),
    msBetween,
    holdDigest: toHoldDigest,
    async report(decision, replies, durable) {
      const shown = await reportRun(decision, replies, { durable, reporting });
      await noteCrash(decision, { durable, desk: toCrashDesk(parts) });
      if (decision.kind !== 'ignore') {
        traceEnd(parts.traces, decision.run);
      }
      return shown;
    },
  };
}

/** A person must still have access, and a team must still be wanted. */
async function mayStart({ subject, requestedBy, member }: Order, parts: Parts): Promise<boolean> {
  const { codeHost, store, clock, catalog } = parts;
  if (requestedBy.id !== NOBODY) {
    return allows(await codeHost.permissionOf(subject.repository, requestedBy), 'write');
  }
  const places = await store.teamRecords(clock).repositories();
  const place = places.find(({ repository }) => repository.id === subject.repository.id);
  const active = place === undefined ? [] : activeMembers([...catalog.members.values()], place.settings);
  return active.some((one) => one.member.name === member);
}

function msBetween(from: string, to: string): number {
  return Date.parse(to) - Date.parse(from);
}

function showQueued(run: QueuedRun, parts: Parts): Promise<boolean> {
  const { id, subject } = run.order;
  return ensureSurfaces({ subject, owner: id, surfaces: present(run) }, parts);
}

function toAttemptWorld(parts: LoopParts, run: RunningRun, signal: AbortSignal): AttemptWorld {
  const budgets = budgetsOf(run, parts.settings.budgets);
  const runtimes = attendRuntimes(parts.runtimes, run, parts.supervisor);
  const meter = meterAttempt(runtimes, { budgets, elapsedMs: () => performance.now() });
  return { verbs: toStepWorld({ ...parts, meter }, run, signal), used: () => meter.used() };
}

function toStepWorld(
  parts: LoopParts & { readonly meter: AttemptMeter },
  run: RunningRun,
  signal: AbortSignal,
): StepWorld {
  const { codeHost, sandbox, mask } = parts;
  const workspace = limitBranches(parts.workspace, run);
  const asking = {
    workspace,
    sandbox,
    runtimes: parts.meter.runtimes,
    breakers: parts.breakers,
    note: (asked: Asked) => parts.meter.note(asked),
    traces: parts.traces,
    msBetween,
    hear: (asked: RunningRun, event: AgentEvent) => logAgentEvent(parts, asked, event),
    offer: parts.settings.offer,
    windowTokens: parts.settings.contextTokens,
    overlay: (asked: RunningRun, tree: Tree, stop: AbortSignal) =>
      readOverlay(asked, tree, { desk: { ...parts, profiles: parts.catalog.profiles }, signal: stop }),
    fenceToken: toFenceToken(parts),
    guard: (asked: RunningRun, commit: Sha, stop: AbortSignal) => guard(parts, toChange(asked, commit), stop),
    mask,
  };
  return {
    ask: (request) => askRole(run, request, { bench: asking, signal }),
    workflows: () => listOffers(parts.catalogAt, run),
    judge: async (uses, at = run.head) =>
      mapTexts(await judge(parts, { run: { ...run, head: at }, uses, signal }), mask),
    merge: (request) => mergeParts(run, request, { bench: asking, signal }),
    changedFiles: () => workspace.changedFiles(run.order.subject.repository, run.base.sha, run.head),
    readFile: (path, branch) => readFileOf(parts, run, { path, branch }),
    async fingerprint(path) {
      const bytes = await readFileOf(parts, run, { path, branch: undefined });
      return bytes === null ? null : toFingerprint(new TextDecoder().decode(bytes));
    },
    write: (document) =>
      writeDocument(run, document, {
        workspace,
        guard: (asked, commit) => guard(parts, toChange(asked, commit), signal),
        toText: ownDocument,
        msBetween,
      }),
    mergePullRequest: (number, method) => mergePullRequest(run, { number, method }, codeHost),
    openPullRequest: () => codeHost.ensure(run.order.subject, run.order.id, pullRequest(run)),
    fileDebts: (opened) => fileDebts({ run, pullRequest: opened }, toDebtDesk(parts)),
  };
}

function toFingerprint(text: string): string {
  return sha256(text.replaceAll(/\s+/g, ' ').trim()).slice(0, 12);
}

async function readFileOf(
  { workspace }: LoopParts,
  { order, head }: RunningRun,
  { path, branch }: { readonly path: string; readonly branch: string | undefined },
): Promise<Uint8Array | null> {
  const { repository } = order.subject;
  const commit = branch === undefined ? head : await workspace.remoteHead(repository, branch);
  return commit === null ? null : await workspace.readFile(repository, commit, path);
}

function toDebtDesk({ codeHost, log }: Parts): DebtDesk {
  return { codeHost, log, digest: sha256, describe: debtIssue, again: debtAgain, add: debtAddition };
}

interface Judging {
  readonly run: RunningRun;
  readonly uses: readonly GateUse[];
  readonly signal: AbortSignal;
}

function judge(parts: LoopParts, { run, uses, signal }: Judging): Promise<readonly GateVerdict[]> {
  const { catalog, sandbox, egress, settings, workspace, baselines } = parts;
  const reading = readChangeOnce(run, workspace);
  const tools = toToolPaths(settings.tools);
  const provide = provideOnce((request) => provideDependencies(run, request, { desk: parts, signal }));
  const room = { workspace, reading, sandbox, egress, profiles: catalog.profiles, provide, tools };
  // The base is judged too, when only what is new there counts.
  function toRoom(judged: RunningRun) {
    return judged === run ? room : { ...room, reading: readChangeOnce(judged, workspace) };
  }
  const bench = {
    gate: (name: string) => catalog.gates.get(name),
    openEvidence: (judged: RunningRun, gate: string, stop: AbortSignal) =>
      openEvidence(judged, { gate, signal: stop }, toRoom(judged)),
    elapsedMs: () => performance.now(),
    parallel: PARALLEL_GATES,
    baselines,
  };
  return judgeGates(run, uses, { bench, signal });
}

/** A secret that has been pushed is known to others, whatever is pushed after it. So it is looked for before. */
async function guard(parts: LoopParts, run: RunningRun, signal: AbortSignal): Promise<Verdict> {
  const [judged] = await judge(parts, {
    run,
    uses: [{ gate: 'secrets', name: 'secrets', with: {} }],
    signal,
  });
  return judged?.verdict ?? { kind: 'broke', summary: 'nobody looked for secrets', remedy: 'Retry the run.' };
}

/** The run as if `commit` were its head and all before it its base: what that commit adds can be judged by itself. */
function toChange(run: RunningRun, commit: Sha): RunningRun {
  return { ...run, base: { ...run.base, sha: run.head }, head: commit };
}

/** Guessing the token would take the webhook secret, which no author of an issue has. */
function toFenceToken({ settings }: Parts): (run: RunningRun) => string {
  const secret = settings.app.webhookSecret.reveal();
  return ({ order, step, attempt }) =>
    sha256(['fence', secret, order.id, step, attempt].join('\n')).slice(0, 16);
}

/** What an approval is bound to: the run, the commit, and every word that was shown. */
function toHoldDigest(run: RunningRun, outcome: Outcome): string {
  const shown = outcome.kind === 'held' ? outcome.hold : null;
  return sha256(JSON.stringify([run.order.id, run.step, run.attempt, run.head, shown])).slice(0, 12);
}
