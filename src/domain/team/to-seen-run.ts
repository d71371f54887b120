import { gatesOnHead } from '../gates-on-head.ts';
import type { Hold } from '../hold.ts';
import { toIssuePath } from '../own-document.ts';
import { liveHistory } from '../progress.ts';
import { type BegunRun, isBegun, type Run } from '../run.ts';
import type { SeenRun } from './sight.ts';

/** A run as members see it. */
export function toSeenRun(run: Run, msOf: (iso: string) => number): SeenRun {
  const { order, state } = run;
  return {
    id: order.id,
    number: order.subject.number,
    workflow: order.workflow ?? '',
    member: order.member ?? null,
    state,
    headSha: order.change?.headSha ?? null,
    requestedMs: msOf(order.requestedAt),
    hold: run.state === 'held' ? toSeenHold(run.hold) : null,
    pullRequest: null,
    head: null,
    gates: [],
    handedOver: '',
    document: null,
    filed: [],
    ...(isBegun(run) ? seenProgress(run) : {}),
  };
}

function toSeenHold(hold: Hold): SeenRun['hold'] {
  return 'digest' in hold ? { kind: hold.kind, digest: hold.digest } : null;
}

function lastDetails(run: BegunRun): string {
  const details = liveHistory(run).map(({ outcome }) => (outcome.kind === 'passed' ? outcome.details : ''));
  return details.findLast((text) => text !== '') ?? '';
}

function writtenDocument({ order, definition }: BegunRun): string | null {
  const step = definition.workflow.steps.find(({ kind }) => kind === 'document');
  const path = step?.with['path'];
  return typeof path === 'string' ? toIssuePath(path, order) : null;
}

function seenProgress(run: BegunRun): Partial<SeenRun> {
  return {
    workflow: run.definition.workflow.name,
    pullRequest: run.pullRequest?.number ?? null,
    head: run.head,
    gates: gatesOnHead(run).map(({ gate, verdict }) => ({
      name: gate,
      green: verdict.kind === 'pass' || verdict.kind === 'skip',
    })),
    handedOver: lastDetails(run),
    document: writtenDocument(run),
    filed: run.debts.map(({ number, title, known }) => ({ number, title, known })),
  };
}
