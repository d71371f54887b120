import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/domain/run.ts';
import { explanation } from '../../src/presentation/answers/explanation.ts';
import { status } from '../../src/presentation/answers/status.ts';
import { present } from '../../src/presentation/present.ts';
import { anyStory, statesOf } from '../support/stories.ts';

function ofAll(check: (run: Run) => void): void {
  fc.assert(
    fc.property(anyStory, (story) => {
      for (const run of statesOf(story)) {
        check(run);
      }
    }),
    { numRuns: 60 },
  );
}

describe('presentation/present: any run', () => {
  it('can be shown and explained, each surface once', () => {
    ofAll((run) => {
      const keys = present(run).map(({ kind, key }) => `${kind} ${key}`);
      expect(new Set(keys).size).toBe(keys.length);
      expect(explanation(run)).toMatchObject({ kind: 'comment' });
    });
  });

  it('waits for a person with at most one check, and only while it is held', () => {
    ofAll((run) => {
      const waiting = present(run).filter(
        (surface) =>
          surface.kind === 'check-run' &&
          surface.key.startsWith('hold:') &&
          surface.conclusion === 'action_required',
      );
      expect(waiting.length).toBeLessThanOrEqual(run.state === 'held' && run.hold.kind !== 'pause' ? 1 : 0);
    });
  });

  it('says on all that it is shown by, and whenever somebody asks, that it has no sandbox', () => {
    ofAll((run) => {
      const open = { ...run, order: { ...run.order, sandbox: 'none' as const } };
      const pages = [...present(open), status(open)].flatMap((surface) =>
        surface.kind === 'comment' || surface.kind === 'pull-request' ? [surface.body] : [],
      );
      expect(pages.length).toBeGreaterThanOrEqual(2);
      expect(pages.filter((body) => !body.includes('**no sandbox**'))).toEqual([]);
    });
  });

  it('has the waiting label exactly while it is held', () => {
    ofAll((run) => {
      const labels = present(run).flatMap((surface) =>
        surface.kind === 'label' && surface.key === 'waiting' ? [surface.present] : [],
      );
      expect(labels.includes(true)).toBe(run.state === 'held');
    });
  });

  it('never says that a step is done again in a run that has ended', () => {
    ofAll((run) => {
      const [comment] = present(run);
      const body = comment?.kind === 'comment' ? comment.body : '';
      expect('endedAt' in run && body.includes('🔁')).toBe(false);
    });
  });
});
