import { type BegunRun, isBegun, type Run } from '../domain/run.ts';
import { type Met, toSuccess } from '../domain/success.ts';
import type { SurfaceInput } from '../domain/surface.ts';
import { inline } from './inline.ts';

const MAX_LINE = 300;

const MARKS = { met: '✅ met', 'not met': '❌ not met', 'not applicable': '➖ not applicable' } as const;

/** The last check run: what the workflow counts as success, one by one. Empty before the work is proposed. */
export function successCheck(run: Run): readonly SurfaceInput[] {
  if (!isBegun(run) || run.pullRequest === undefined) {
    return [];
  }
  const criteria = toSuccess(run);
  return criteria.length === 0 ? [] : [toCheck(run, criteria)];
}

function toCheck({ head, definition }: BegunRun, criteria: readonly Met[]): SurfaceInput {
  const missed = criteria.filter(({ state }) => state === 'not met');
  const applying = criteria.filter(({ state }) => state !== 'not applicable');
  return {
    kind: 'check-run',
    key: `success:${head}`,
    name: 'baton / success',
    sha: head,
    conclusion: missed.length === 0 ? 'success' : 'failure',
    title: `${applying.length - missed.length} of ${applying.length} criteria of success are met`,
    summary: [
      `What the workflow ${inline(definition.workflow.name, MAX_LINE)} counts as success:`,
      ['| criterion | | seen by |', '| --- | --- | --- |', ...criteria.map(toRow)].join('\n'),
    ].join('\n\n'),
  };
}

function toRow({ title, state, evidence }: Met): string {
  const lines = evidence.map((line) => inline(line, MAX_LINE));
  return `| ${inline(title, MAX_LINE)} | ${MARKS[state]} | ${lines.join('<br>')} |`;
}
