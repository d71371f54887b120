import type { Catalog } from '../catalog/catalog.ts';
import type { Settings } from '../config/settings.ts';
import { toSubjectKey } from '../domain/subject.ts';
import { inspectEngine } from '../engine/replica/inspect-engine.ts';
import type { Merge } from '../github/webhooks/parts/define-webhook.ts';
import type { Exposition } from '../metrics/create-exposition.ts';
import type { KnownNames } from '../metrics/known-names.ts';
import { measureCall } from '../metrics/measure-call.ts';
import { measureMerge, measureRun } from '../metrics/measure-run.ts';
import { measureWaking } from '../metrics/measure-waking.ts';
import type { Log } from '../ports/log.ts';
import type { ModelSpending } from '../ports/model-spending.ts';
import type { Runs } from '../ports/runs.ts';
import type { TeamRecords } from '../ports/team-records.ts';
import type { Store } from '../store/create-store.ts';
import { listenOrSay } from './listen-or-say.ts';
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
  /** Measures the time to the merge of what a run has proposed, whether others came after it or not. Safe to repeat. */
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
  const page = metrics === null ? NO_PAGE : await openPage(metrics, { measures, databaseUrl, log });
  return {
    store: {
      ...store,
      runs: measuredRuns(store.runs, needs),
      modelSpending: measuredSpending(store.modelSpending, needs),
      teamRecords: (clock) => measuredTeam(store.teamRecords(clock), needs),
    },
    delivered: (outcome) => page.delivered(outcome),
    dropped: (sink, events) => page.dropped(sink, events),
    async merged(merge) {
      const run = await store.runs.onBranch(toSubjectKey(merge.subject), merge.branch);
      if (run !== null) {
        await measures.tell(run.order.id, { sums: measureMerge(run, merge.at, needs.names), lasts: [] });
      }
    },
    close: () => page.close(),
  };
}

/** What is counted for the page, by this process alone. */
type Page = Pick<Exposition, 'delivered' | 'dropped'> & { close(): Promise<void> };

/** Without a page nobody asks, so nothing is counted, and no timer watches the event loop. */
const NO_PAGE: Page = {
  delivered: () => undefined,
  dropped: () => undefined,
  close: () => Promise.resolve(),
};

async function openPage(
  { host, port, token }: NonNullable<Settings['metrics']>,
  { measures, databaseUrl, log }: Pick<MetricsNeeds, 'databaseUrl' | 'log'> & Pick<Store, 'measures'>,
): Promise<Page> {
  const [{ createExposition }, { listen }] = await Promise.all([
    import('../metrics/create-exposition.ts'),
    import('../metrics/listen.ts'),
  ]);
  const exposition = createExposition(measures, async () => {
    const { queued } = await inspectEngine(databaseUrl, CONNECT_WITHIN_MS);
    return queued;
  });
  const page = await listenOrSay(
    () => listen({ host, port, token: token?.reveal() ?? null, exposition, log }),
    { host, port, setting: 'BATON_METRICS_PORT' },
  );
  log.info({ url: page.url }, 'Prometheus can scrape the metrics');
  return { ...exposition, close: () => page.close() };
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
    async end(id, call) {
      await spending.end(id, call);
      await measures
        .add(measureCall(call, names.models))
        .catch((error: unknown) => log.warn({ error, runId: call.runId }, 'a call was not measured'));
    },
  };
}

function measuredTeam(records: TeamRecords, { measures, names, log }: Measuring): TeamRecords {
  return {
    ...records,
    async addDuration(duration) {
      await records.addDuration(duration);
      await measures
        .add(measureWaking(duration, names))
        .catch((error: unknown) => log.warn({ error, member: duration.member }, 'a waking was not measured'));
    },
  };
}
