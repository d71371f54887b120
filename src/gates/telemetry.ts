import { z } from 'zod';
import { amountOf } from '../domain/amount-of.ts';
import type { Finding } from '../domain/finding.ts';
import { defineGate } from '../domain/gate.ts';
import { toDocumentPath } from '../domain/own-document.ts';
import { readPlan } from '../domain/plan/plan.ts';
import { NOT_PRODUCTION } from './parts/not-production.ts';
import { planPathSchema } from './parts/plan-path.ts';
import { readText } from './parts/read-text.ts';
import { readChangedSources } from './source/changed-sources.ts';
import { findLogFaults } from './telemetry/find-log-faults.ts';
import { findSpanless } from './telemetry/find-spanless.ts';
import { readHouse, TELEMETRY_FILES } from './telemetry/house.ts';

const MAX_FINDINGS = 50;

/** Where an interface may be that is not found. */
const OTHER_CODE =
  /\.(?:go|rs|java|kts?|scala|groovy|rb|php|cs|fs|swift|c|cc|cpp|h|hpp|m|mm|ex|exs|vue|svelte|proto)$/;

const options = z.strictObject({
  path: planPathSchema,
  ids: z
    .array(z.string().min(1))
    .default(['request_id', 'call_id'])
    .describe('Ids that every log statement has; `requestId` is the same. None: nobody looks for them.'),
  spans: z
    .array(z.string().min(1))
    .default([])
    .describe('Names of functions and decorators of the project that make a span, besides the usual ones.'),
  telemetryFiles: z
    .array(z.string().min(1))
    .default(TELEMETRY_FILES)
    .describe('Globs of the files that set up logs, spans and metrics for the whole project.'),
  exclude: z
    .array(z.string().min(1))
    .default(NOT_PRODUCTION)
    .describe('Globs of files that never run for a customer.'),
});

/** Sees to it that what was built can be watched when it runs. */
export const gate = defineGate({
  name: 'telemetry',
  summary:
    'Fails a change with a public interface of its plan without a span, an added log statement without ids, JSON or plain ASCII, or without a metric of latency. It reads JavaScript, TypeScript and Python, and knows the usual libraries by name.',
  options,
  async judge(evidence, { path: pattern, ids, spans, telemetryFiles, exclude }) {
    const changed = await evidence.changedFiles();
    if (changed.length === 0) {
      return { kind: 'skip', summary: 'Nothing has changed.' };
    }
    const path = toDocumentPath(pattern, evidence.ticket.key);
    const plan = await readText(evidence, 'head', path);
    if (plan === null) {
      const message = `Write the plan of this ticket as ${path}: its public interfaces are what must be watched.`;
      return { kind: 'fail', summary: `There is no ${path}.`, findings: [{ message, severity: 'error' }] };
    }
    const { sources, unread } = await readChangedSources(evidence, exclude);
    const house = await readHouse(evidence, { globs: telemetryFiles, sources });
    const logs = findLogFaults(sources, house, ids);
    const interfaces = findSpanless(readPlan(plan), sources, {
      path,
      spans,
      hasAutomatic: house.hasAutomaticSpans,
      hasUnread: unread.length > 0 || changed.some((file) => OTHER_CODE.test(file.path)),
    });
    const findings: Finding[] = [
      ...unread,
      ...logs.findings,
      ...interfaces.findings,
      ...(interfaces.watched === 0 || house.hasLatencyMetric ? [] : [NO_METRIC]),
    ];
    const seen = `${amountOf(interfaces.watched, 'public interface')}, ${amountOf(logs.count, 'added log statement')}${nameAside(interfaces)}`;
    return findings.length === 0
      ? { kind: 'pass', summary: `Watched: ${seen}.` }
      : {
          kind: 'fail',
          summary: `${findings.length} of what must be watched cannot be (${seen}).`,
          findings: findings.slice(0, MAX_FINDINGS),
        };
  },
});

const NO_METRIC: Finding = {
  message:
    'No metric of latency is there. Record how long a call takes in a histogram, such as `create_histogram("orders.duration")`, so that p99 can be told.',
  severity: 'error',
};

function nameAside({ exempt, unseen }: ReturnType<typeof findSpanless>): string {
  return [
    exempt.length === 0 ? '' : `; without a span by the plan: ${exempt.join(', ')}`,
    unseen.length === 0 ? '' : `; not found in what was read: ${unseen.join(', ')}`,
  ].join('');
}
