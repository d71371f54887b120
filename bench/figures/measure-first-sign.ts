import { MAINTAINER } from '../../src/demo/demo-seed.ts';
import { PLAYS } from '../../src/demo/plays.ts';
import { printTable } from '../report/print-table.ts';
import { quantile } from '../report/quantile.ts';
import { setPlace } from '../stage/set-stage.ts';

/** As many as GitHub lets an App write to in a minute: more would measure the limit. */
const ISSUES = 20;

/** From the request that puts the label on to Baton's reaction and comment on the issue. */
export async function measureFirstSign(): Promise<void> {
  const place = await setPlace();
  const stage = await place.open('baton');
  const reactions: number[] = [];
  const comments: number[] = [];
  for (let count = 0; count < ISSUES; count += 1) {
    const { number } = await place.user.openIssue(PLAYS.feature.issueFile);
    await place.simulator.settle();
    const held = stage.advanced((run) => run.state === 'held');
    const startedMs = performance.now();
    const seen = new Map<string, number>();
    place.onWrite = ({ actor, path }) => {
      const kind = path.split('/').at(-1) ?? '';
      if (actor !== MAINTAINER && path.includes(`/issues/${number}/`) && !seen.has(kind)) {
        seen.set(kind, performance.now() - startedMs);
      }
    };
    await place.user.label(number, 'baton');
    await held;
    reactions.push(seen.get('reactions') ?? Number.NaN);
    comments.push(seen.get('comments') ?? Number.NaN);
  }
  printTable(`(b) Label to the first sign on the issue, ${ISSUES} issues, ms`, [
    ['', 'first of all', 'p50', 'p99'],
    ['reaction', reactions[0] ?? Number.NaN, quantile(reactions, 0.5), quantile(reactions, 0.99)],
    ['progress comment', comments[0] ?? Number.NaN, quantile(comments, 0.5), quantile(comments, 0.99)],
  ]);
  await stage.stop();
  await place.remove();
}
