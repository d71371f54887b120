import type { Outcome } from '../domain/outcome.ts';
import type { RunningRun } from '../domain/run.ts';
import type { StepWorld } from '../domain/step-kind.ts';
import { askRole } from '../orchestration/ask-role.ts';
import type { RunLoop } from '../orchestration/execute-run.ts';
import { judgeGates } from '../orchestration/judge-gates.ts';
import { openEvidence } from '../orchestration/open-evidence.ts';
import { branchesOf, callsOf, isMomentary, performStep } from '../orchestration/perform-step.ts';
import { readChangeOnce } from '../orchestration/read-change-once.ts';
import { reportRun } from '../orchestration/report-run.ts';
import { answerSteering } from '../presentation/answers/answer-steering.ts';
import { present } from '../presentation/present.ts';
import { pullRequest } from '../presentation/pull-request.ts';
import { sha256 } from '../system/sha256.ts';
import type { Parts } from './parts.ts';
import { toToolPaths } from './tool-paths.ts';

/** Gates that run at the same time in one run. More than this only makes each slower on a small machine. */
const PARALLEL_GATES = 4;

/** The loop of a run, with the real world behind it. */
export function toRunLoop(parts: Parts): RunLoop {
  const { catalog, store, codeHost, log, workspace } = parts;
  const bench = {
    stepKind: (name: string) => catalog.stepKinds.get(name),
    world: (run: RunningRun, signal: AbortSignal) => toStepWorld(parts, run, signal),
    log,
  };
  const reporting = {
    runs: store.runs,
    codeHost,
    log,
    present,
    answer: answerSteering,
    isMomentary: (run: RunningRun) => isMomentary(run, bench),
  };
  return {
    clock: parts.clock,
    readBase: (repository) => workspace.readBase(repository),
    callsOf: (run) => callsOf(run, bench),
    branchesOf: (run) => branchesOf(run, bench),
    async perform(run, signal) {
      const startedMs = performance.now();
      const outcome = await performStep(run, signal, bench);
      const ms = performance.now() - startedMs;
      log.debug({ runId: run.order.id, step: run.step, attempt: run.attempt, ms }, 'a step was performed');
      return outcome;
    },
    holdDigest: toHoldDigest,
    report: (decision, message, durable) => reportRun(decision, message, { durable, reporting }),
  };
}

function toStepWorld(parts: Parts, run: RunningRun, signal: AbortSignal): StepWorld {
  const { catalog, codeHost, sandbox, settings, workspace } = parts;
  const tools = toToolPaths(settings.tools);
  const reading = readChangeOnce(run, workspace);
  const room = { workspace, reading, sandbox, profiles: catalog.profiles, tools };
  const judging = {
    gate: (name: string) => catalog.gates.get(name),
    openEvidence: (judged: RunningRun, gate: string, stop: AbortSignal) =>
      openEvidence(judged, { gate, signal: stop }, room),
    elapsedMs: () => performance.now(),
    parallel: PARALLEL_GATES,
  };
  const asking = { workspace, sandbox, runtime: parts.runtime, fenceToken: toFenceToken(parts) };
  return {
    ask: (request) => askRole(run, request, { bench: asking, signal }),
    judge: (uses) => judgeGates(run, uses, { bench: judging, signal }),
    openPullRequest: () => codeHost.ensure(run.order.subject, run.order.id, pullRequest(run)),
  };
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
