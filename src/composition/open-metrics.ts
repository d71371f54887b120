import type { Catalog } from '../catalog/catalog.ts';
import type { Settings } from '../config/settings.ts';
import { toSubjectKey } from '../domain/subject.ts';
import { inspectEngine } from '../engine/replica/inspect-engine.ts';
import type { Merge } from '../github/webhooks/parts/define-webhook.ts';
import { createExposition, type Exposition } from '../metrics/create-exposition.ts';
import type { KnownNames } from '../metrics/known-names.ts';
import { listen } from '../metrics/listen.ts';
import { measureCall } from '../metrics/measure-call.ts';
import { measureMerge, measureRun } from '../metrics/measure-run.ts';
import type { Log } from '../ports/log.ts';
import type { ModelSpending } from '../ports/model-spending.ts';
import type { Runs } from '../ports/runs.ts';
import type { Store } from '../store/create-store.ts';
import { toKnownNames } from './to-known-names.ts';

/** A scrape has ten seconds by default. */
const CONNECT_WITHIN_MS = 5_000;

interface MetricsNeeds {
  readonly catalog: Catalog;
  readonly store: Store;
  readonly databaseUrl: string;
  readonly log: Log;
}

/** The metrics, and what they are fed by. */
export interface OpenMetrics {
  /** The same store; what is saved in it is measured too. */
  readonly store: Store;
  readonly delivered: Exposition['delivered'];
  readonly dropped: Exposition['dropped'];
  /** Measures the time to the merge, when the branch is that of the subject's newest run. Safe to repeat. */
  merged(merge: Merge): Promise<void>;
  close(): Promise<void>;
}

/** Opens the metrics, and the page that shows them where the operator asked for it. */
export async function openMetrics(
  { metrics, offer }: Pick<Settings, 'metrics' | 'offer'>,
  { catalog, store, databaseUrl, log }: MetricsNeeds,
): Promise<OpenMetrics> {
  const { measures } = store;
  const needs = { measures, names: toKnownNames(catalog, offer), log };
  const exposition = createExposition(measures, async () => {
    const { queued } = await inspectEngine(databaseUrl, CONNECT_WITHIN_MS);
    return queued;
  });
  const page = metrics === null ? null : await openPage(metrics, { exposition, log });
  return {
    store: {
      ...store,
      runs: measuredRuns(store.runs, needs),
      modelSpending: measuredSpending(store.modelSpending, needs),
    },
    delivered: (outcome) => exposition.delivered(outcome),
    dropped: (sink, events) => exposition.dropped(sink, events),
    async merged(merge) {
      const run = await store.runs.latest(toSubjectKey(merge.subject));
      if (run?.order.branch === merge.branch) {
        await measures.tell(run.order.id, { sums: measureMerge(run, merge.at, needs.names), lasts: [] });
      }
    },
    close: async () => page?.close(),
  };
}

async function openPage(
  { host, port, token }: NonNullable<Settings['metrics']>,
  { exposition, log }: { readonly exposition: Exposition; readonly log: Log },
): ReturnType<typeof listen> {
  const page = await listen({ host, port, token: token?.reveal() ?? null, exposition, log });
  log.info({ url: page.url }, 'Prometheus can scrape the metrics');
  return page;
}

interface Measuring {
  readonly measures: Store['measures'];
  readonly names: KnownNames;
  readonly log: Log;
}

/** What cannot be measured holds no run up: the next save tells all of it again. */
function measuredRuns(runs: Runs, { measures, names, log }: Measuring): Runs {
  return {
    ...runs,
    async save(run) {
      await runs.save(run);
      await measures
        .tell(run.order.id, measureRun(run, names))
        .catch((error: unknown) => log.warn({ error, runId: run.order.id }, 'a run was not measured'));
    },
  };
}

function measuredSpending(spending: ModelSpending, { measures, names, log }: Measuring): ModelSpending {
  return {
    ...spending,
    async record(call) {
      await spending.record(call);
      await measures
        .add(measureCall(call, names.models))
        .catch((error: unknown) => log.warn({ error, runId: call.runId }, 'a call was not measured'));
    },
  };
}
