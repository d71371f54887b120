import { describe, expect, it } from 'vitest';
import { DEFAULT_REPOSITORY_SETTINGS } from '../../src/domain/repository-settings.ts';
import { type Beginners, beginRun } from '../../src/orchestration/begin-run.ts';
import { NoBaseError } from '../../src/ports/workspace.ts';
import { createInMemoryDurable } from '../support/in-memory-durable.ts';
import { aChange, anOrder, aReviewWorkflow, CHOICE, sha } from '../support/orders.ts';
import { aQueuedRun } from '../support/runs.ts';

const NOW = '2026-03-02T09:00:01.000Z';

function begin(order = anOrder(), changes: Partial<Beginners> = {}) {
  const definedAt: string[] = [];
  const beginners: Beginners = {
    clock: { now: () => NOW },
    mayStart: async () => true,
    sayWhenSlow: (_run, work) => work(),
    readBase: async () => ({ ref: 'main', sha: sha('a') }),
    readChange: async () => ({ mergeBase: sha('b'), tip: sha('c') }),
    async define(_order, commit) {
      definedAt.push(commit);
      return {
        kind: 'defined',
        definition: { workflow: aReviewWorkflow(), roles: {} },
        choice: CHOICE,
        settings: DEFAULT_REPOSITORY_SETTINGS,
      };
    },
    ...changes,
  };
  const durable = createInMemoryDurable(async () => null);
  return { event: beginRun(aQueuedRun(order), durable, beginners), definedAt };
}

describe('orchestration/begin-run', () => {
  it('builds on the default branch, which says what is done', async () => {
    const { event, definedAt } = begin();
    expect(await event).toMatchObject({ kind: 'begun', base: { ref: 'main', sha: sha('a') } });
    expect(await event).not.toHaveProperty('head');
    expect(definedAt).toEqual([sha('a')]);
  });

  it('judges a pull request from where it left its base; what is done says the base, never the change', async () => {
    const change = aChange({ baseRef: 'release' });
    const { event, definedAt } = begin(anOrder({ change }));
    expect(await event).toMatchObject({
      kind: 'begun',
      base: { ref: 'release', sha: sha('b') },
      head: change.headSha,
    });
    expect(definedAt).toEqual([sha('c')]);
  });

  it('does not begin, at once and for good, when the pull request has moved', async () => {
    const fault = new NoBaseError('Pull request #42 is no longer there.');
    const { event, definedAt } = begin(anOrder({ change: aChange() }), {
      readChange: () => Promise.reject(fault),
    });
    expect(await event).toEqual({ kind: 'not-begun', at: NOW, reason: fault.message });
    expect(definedAt).toEqual([]);
  });
});
