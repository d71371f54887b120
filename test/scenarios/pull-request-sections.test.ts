import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adding, replacing } from '../support/patches.ts';
import { approving, reporting, work } from './agents.ts';
import { type Scene, SMALL, setScene } from './scene.ts';
import { BUILT } from './stories/parts.ts';
import { performedIn } from './stories/play-story.ts';

const FIGURES = 'figures/orders.txt';
/** A repository whose benchmark prints what lies in a directory. */
const MEASURED = {
  'README.md': '# Orders\n',
  'package.json': JSON.stringify({ scripts: { benchmark: 'cat figures/*' } }),
  [FIGURES]: 'list orders: 800 ms\n',
};
const ALERT = '```promql\nsum(rate(errors[5m])) > 3\n```';

let scene: Scene;
beforeAll(async () => {
  scene = await setScene([MEASURED, SMALL]);
});
afterAll(() => scene.stop());

describe('scenarios/pull-request-sections', () => {
  it('shows what the benchmark measured before and after, and sends back what became slower', async () => {
    await scene.play({
      'investigation.1': reporting({ rootCauseFound: true, dataModelChanges: false }),
      'optimisation.1': work(
        'An index.',
        replacing(FIGURES, 'list orders: 800 ms\n', 'list orders: 0.9 s\n'),
      ),
      'optimisation.2': work(
        'A better one.',
        replacing(FIGURES, 'list orders: 0.9 s\n', 'list orders: 10 ms\n'),
      ),
      'code-review.1': approving,
      'service-review.1': approving,
      'validation.1': reporting({ targetMet: true }),
    });
    const ticket = await scene.open();
    await ticket.label('will', 'baton:database-performance');
    await ticket.run({ state: 'succeeded' });
    const performed = (await performedIn(scene, ticket)).map(({ step, attempt }) => `${step}.${attempt}`);
    expect(performed.slice(0, 6)).toEqual([
      'investigation.1',
      'optimisation.1',
      'gates.1',
      'optimisation.2',
      'gates.2',
      expect.stringContaining('-review.1'),
    ]);
    const [pull] = await ticket.pulls();
    expect(pull?.body).toContain('## Measured before and after');
    expect(pull?.body).toContain('| list orders | 800 ms | 10 ms | 80 times better |');
    const checks = await ticket.checks(pull?.head.sha ?? '');
    const summaries = checks.filter(({ name }) => name === 'baton / benchmark');
    expect(JSON.stringify(summaries)).toContain('medians of 3 on each commit, in turn');
  });

  it('shows open what is to be watched after the merge', async () => {
    await scene.play({
      'query-analysis.1': work('Nothing in the database.'),
      'log-analysis.1': reporting({ errorArea: 'backend' }),
      'backend-analysis.1': reporting({ rootCauseFound: true }),
      'fix.1': BUILT,
      'review.1': approving,
      'monitoring.1': work(
        'One alert.',
        adding('ignored.txt', 'it only reads\n'),
        `Alert on this:\n\n${ALERT}`,
      ),
    });
    const ticket = await scene.open();
    await ticket.label('will', 'baton:error-investigation');
    await ticket.run({ state: 'succeeded' });
    const [pull] = await ticket.pulls();
    expect(pull?.body).toContain(
      '## Monitoring\n\n> Alert on this:\n>\n> ```promql\n> sum(rate(errors[5m])) > 3\n> ```\n\n',
    );
    expect(pull?.body).not.toContain('Monitoring in full');
  });
});
