import type { ReportKind } from '../domain/report.ts';
import type { RunningRun } from '../domain/run.ts';
import { toSubjectKey } from '../domain/subject.ts';
import type { AgentEvent } from '../ports/agent-event.ts';
import type { AgentPlace } from '../ports/agent-runtime.ts';
import type { ModelGateway } from '../ports/model-gateway.ts';
import type { Sandbox } from '../ports/sandbox.ts';
import type { Tree } from '../ports/workspace.ts';
import { readReport } from './read-report.ts';

/** What agents reach, whichever run they work for. */
export interface AgentReach {
  readonly sandbox: Sandbox;
  /** Null when no provider of models is configured. */
  readonly gateway: ModelGateway | null;
  /** Told what an agent does. Must not throw. */
  readonly hear: (run: RunningRun, event: AgentEvent) => void;
}

/** Where the agent of one attempt works; it can have its report looked at before it ends. */
export function toAgentPlace(
  run: RunningRun,
  { tree, report, reach }: { tree: Tree | null; report: ReportKind; reach: AgentReach },
): AgentPlace {
  return {
    tree,
    sandbox: reach.sandbox,
    openLine: toLineOpener(run, reach.gateway),
    check(given) {
      const read = readReport(given, report);
      return read.kind === 'faults' ? read.faults : null;
    },
    emit: (event) => reach.hear(run, event),
  };
}

function toLineOpener(
  { order: { id, subject }, step, attempt }: RunningRun,
  gateway: ModelGateway | null,
): AgentPlace['openLine'] {
  if (gateway === null) {
    return null;
  }
  const asking = {
    runId: id,
    repository: String(subject.repository.id),
    subject: toSubjectKey(subject),
    step,
    attempt,
  };
  return (models) => gateway.open({ ...asking, models });
}
