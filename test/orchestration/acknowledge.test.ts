import { describe, expect, it } from 'vitest';
import { handleIntent } from '../../src/orchestration/handle-intent.ts';
import { aComment, openDesk, openDeskWith } from '../support/intent-desk.ts';
import { aHeldRun, aRunningRun } from '../support/runs.ts';

const approve = aComment({ kind: 'approve', digest: null });

describe('orchestration/handle-intent: the first sign', () => {
  it.each([
    ['a run that is at work, which reads it later', () => openDeskWith(aRunningRun()), approve, ['seen']],
    ['a run that waits, which answers at once', () => openDeskWith(aHeldRun()), approve, []],
    ['nothing', async () => Promise.resolve(openDesk()), approve, ['seen', 'answer']],
    [
      'a run that waits, of which something else is asked',
      () => openDeskWith(aHeldRun()),
      aComment({ kind: 'status' }),
      ['seen', 'answer'],
    ],
  ] as const)('of what is said to %s', async (_to, open, intent, shown) => {
    const { desk, codeHost } = await open();
    await handleIntent(intent, desk);
    expect(codeHost.shown.map(({ surface }) => surface.key)).toEqual(shown);
  });
});
