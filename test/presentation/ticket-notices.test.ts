import { describe, expect, it } from 'vitest';
import { toProgress } from '../../src/domain/progress.ts';
import { editNotice, hiddenNotice } from '../../src/presentation/ticket-notices.ts';
import { anOrder } from '../support/orders.ts';
import { aQueuedRun, aRunningRun } from '../support/runs.ts';

const EDIT = { by: { id: 7, login: 'maya' }, at: '2026-03-02T10:00:00Z', differs: true };

describe('src/presentation/ticket-notices', () => {
  it('says who changed the issue, and what to do while the run is on its way and after it', () => {
    const notice = editNotice({ ...aRunningRun(), edit: EDIT });
    expect(notice).toContain('by `maya` at 2026-03-02 10:00 UTC');
    expect(notice).toContain('`/baton cancel`');
    const progress = toProgress({ ...aRunningRun(), edit: EDIT });
    const last = editNotice({ state: 'succeeded', ...progress, endedAt: EDIT.at });
    expect(last).toMatch(/start a new run with `\/baton run/);
    expect(last).not.toContain('cancel');
  });

  it('says nothing when nobody has, or it is as it was', () => {
    expect([aQueuedRun(), aRunningRun()].map(editNotice)).toEqual(['', '']);
    expect(editNotice({ ...aRunningRun(), edit: { ...EDIT, differs: false } })).toBe('');
  });

  it.each([
    ['Add it.', ''],
    ['Add it.<!-- x -->', '1 hidden part of the issue'],
    ['<!-- baton:issue:12:0123456789abcdef0123456789abcdef -->\nAdd it.', ''],
    ['Add it.<!-- x -->\u200b', '2 hidden parts of the issue'],
  ])('counts what agents do not read of %j', (body, words) => {
    const order = anOrder();
    const notice = hiddenNotice(aQueuedRun({ ...order, ticket: { ...order.ticket, title: 'Add', body } }));
    expect(notice === '').toBe(words === '');
    expect(notice).toContain(words);
  });
});
