import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTeamStore, type TeamStore } from '../../src/store/open-team-store.ts';
import { aChange, anOrder } from '../support/orders.ts';
import { aHeldRun, aSucceededRun } from '../support/runs.ts';
import { SILENT } from './held-and-silent.ts';
import { query } from './query.ts';
import { useStores } from './test-store.ts';

/** What PostgreSQL stores in JSON and does not look into, beside what only looks like it. */
const STRANGE = 'a\u0000b \ud83d cut, \\u0000 \u{1f600}';

describe('src/store/looked-into', () => {
  const stores = useStores();
  const change = aChange();
  const { ticket, ...rest } = anOrder();
  const order = { ...rest, ticket: { ...ticket, body: STRANGE }, member: 'architect' };
  const open = { ...order, id: 'open', change, workflow: 'review' };
  const key = `${order.subject.repository.id}#${order.subject.number}`;
  let team: TeamStore;

  beforeEach(async () => {
    const { runs } = await stores.open();
    await runs.save(aSucceededRun({ ...order, id: 'ended', branch: 'baton/1-other' }));
    await runs.save(aHeldRun(open));
    await query(
      stores.url(),
      `update baton.runs set progress = (left(progress::text, -1) || ',"said":"\\u0000 \\ud83d"}')::json`,
    );
    team = openTeamStore(stores.url(), { log: SILENT, clock: { now: () => '2026-03-02T10:00:00Z' } });
  });
  afterEach(() => team.close());

  it('finds what is asked for in JSON with any character', async () => {
    const { runs, measures } = await stores.open();
    expect((await runs.onBranch(key, open.branch))?.order.ticket.body).toBe(STRANGE);
    expect(await runs.isJudging(key, { workflow: 'review', headSha: change.headSha })).toBe(true);
    expect(await team.records.placesTaken([open.subject.repository.id])).toEqual([
      { repositoryId: open.subject.repository.id, member: 'architect', open: 1 },
    ]);
    expect(await measures.now()).toContainEqual({
      metric: 'baton_holds',
      labels: { kind: 'approval' },
      value: 1,
    });
    expect((await team.analytics.members()).map(({ member }) => member)).toEqual(['architect']);
    expect((await team.analytics.bottlenecks()).map(({ count }) => count)).toEqual([1]);
  });
});
