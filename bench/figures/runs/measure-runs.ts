import type { LogLine } from '../../../src/demo/baton-process.ts';
import { PLAYS } from '../../../src/demo/plays.ts';
import type { RequestRecord } from '../../../src/simulator/simulator.ts';
import { printTable } from '../../report/print-table.ts';
import { median } from '../../report/quantile.ts';
import { type BenchPlace, type BenchStage, setPlace } from '../../stage/set-stage.ts';
import { divide, SHARES, type Share, toSpan } from './divide.ts';
import { countRequests, printRequests } from './requests.ts';

/** With the first one as many as GitHub lets an App write in a minute: more would measure the limit. */
const RUNS = 5;

interface MeasuredRun {
  readonly ms: number;
  readonly shares: Record<Share, number>;
  readonly gitProcesses: number;
  readonly requests: readonly RequestRecord[];
}

/**
 * The demo's workflow from label to pull request, with agents that answer at once and a person who approves at once.
 * The first run also makes the mirror and the tokens; it is told by itself.
 */
export async function measureRuns(): Promise<void> {
  const place = await setPlace();
  const stage = await place.open('baton', { LOG_LEVEL: 'debug' });
  const runs: MeasuredRun[] = [];
  for (let count = 0; count <= RUNS; count += 1) {
    runs.push(await measureRun(place, stage));
  }
  await stage.stop();
  await place.remove();
  const [first, ...others] = runs;
  if (first !== undefined) {
    print(first, others);
    printRequests(countRequests(first.requests), countRequests(others.at(-1)?.requests ?? []));
  }
}

async function measureRun({ simulator, user }: BenchPlace, stage: BenchStage): Promise<MeasuredRun> {
  const issue = await user.openIssue(PLAYS.feature.issueFile);
  await simulator.settle();
  const lines: LogLine[] = [];
  stage.onLine = (line) => void lines.push(line);
  const asked = simulator.requests().length;
  const held = stage.advanced(({ state }) => state === 'held');
  const ended = stage.advanced(({ decision }) => decision === 'finish');
  const from = Date.now();
  await user.label(issue.number, 'baton');
  await held;
  await user.comment(issue.number, '/baton approve');
  await ended;
  const to = Date.now();
  await simulator.settle();
  const spans = lines.flatMap((line) => toSpan(line) ?? []);
  return {
    ms: to - from,
    shares: divide(spans, from, to),
    gitProcesses: spans.filter(({ share }) => share === 'git').length,
    requests: simulator.requests().slice(asked),
  };
}

function besides({ ms, shares }: MeasuredRun): number {
  return ms - shares['gate commands'];
}

function print(first: MeasuredRun, others: readonly MeasuredRun[]): void {
  function row(name: string, of: (run: MeasuredRun) => number): (string | number)[] {
    const values = others.map(of);
    return [name, of(first), median(values), Math.min(...values), Math.max(...values)];
  }
  printTable(`(c) Label to pull request, ms: 10 attempts, 2 rounds of 10 gates, 2 pushes; ${RUNS} runs`, [
    ['', 'first run', 'median', 'fastest', 'slowest'],
    row('all', ({ ms }) => ms),
    row("besides the gates' own commands", besides),
    ...SHARES.map((share) => row(`- ${share}`, ({ shares }) => shares[share])),
    row('git processes', ({ gitProcesses }) => gitProcesses),
  ]);
}
