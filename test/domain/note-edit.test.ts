import { describe, expect, it } from 'vitest';
import type { Steer } from '../../src/domain/steer.ts';
import { happen } from '../support/run-after.ts';
import { aHeldRun, aRunningRun } from '../support/runs.ts';

const [EARLY, LATE, LATER] = [
  '2026-03-02T09:30:00Z',
  '2026-03-02T10:00:00Z',
  '2026-03-02T11:00:00Z',
] as const;

function edited(givenAt: string, differs: boolean): Steer {
  return { kind: 'edited', givenAt, differs };
}

describe('src/domain/note-edit', () => {
  it.each([aRunningRun(), aHeldRun()])('notes it, and leaves the run as it is otherwise', (run) => {
    const { run: noted } = happen(run, edited(LATE, true));
    expect(noted).toEqual({ ...run, edit: expect.objectContaining({ at: LATE, differs: true }) });
  });

  it('goes by the newest change, in whatever order it hears of them', () => {
    const { run: changed } = happen(aRunningRun(), edited(LATE, true));
    expect(happen(changed, edited(EARLY, false))).toMatchObject({ kind: 'ignore' });
    expect(happen(changed, edited(LATER, false)).run).toMatchObject({ edit: { at: LATER, differs: false } });
  });

  it('says one word about it, however often it is changed', () => {
    expect(happen(aRunningRun(), edited(LATE, false))).toMatchObject({ kind: 'ignore' });
    const { run: changed } = happen(aRunningRun(), edited(LATE, true));
    expect(happen(changed, edited(LATER, true))).toMatchObject({ kind: 'ignore' });
  });
});
