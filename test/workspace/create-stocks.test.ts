import { beforeEach, describe, expect, it } from 'vitest';
import { createStocks, type Stocks } from '../../src/workspace/spares/create-stocks.ts';
import type { MirroredCommit } from '../../src/workspace/trees/ensure-files.ts';
import { toRepository } from './support/git-remote.ts';

function at(commit: string, id = 1): MirroredCommit {
  return { repository: toRepository('app', id), gitDir: '/mirror', commit };
}

describe('src/workspace/spares/create-stocks', () => {
  let stocks: Stocks;
  let made: number;

  beforeEach(() => {
    stocks = createStocks();
    made = 0;
  });

  /** Does all that is to be done, and tells what that was. */
  function work(): readonly string[] {
    const done: string[] = [];
    for (let job = stocks.nextJob(); job !== null; job = stocks.nextJob()) {
      if (job.kind === 'remove') {
        done.push(`remove ${job.spare.path}`);
        continue;
      }
      const { commit } = job.stock.expected;
      made += 1;
      const path = job.outdated?.path ?? `s${made}`;
      done.push(`${job.outdated === null ? 'make' : 'move'} ${path} ${commit}`);
      stocks.put(job.stock, { path, index: path, commit });
    }
    return done;
  }

  it('wants nothing until a spare was missed', () => {
    stocks.expect(at('a'));
    expect(work()).toEqual([]);
    expect(stocks.take(at('a'))).toBeNull();
    expect(work()).toEqual(['make s1 a']);
    expect(work()).toEqual([]);
  });

  it('wants as many as were missed, up to four', () => {
    for (let count = 0; count < 6; count += 1) {
      stocks.take(at('a'));
    }
    expect(work()).toEqual(['make s1 a', 'make s2 a', 'make s3 a', 'make s4 a']);
  });

  it('gives each spare once, and replaces it', () => {
    stocks.take(at('a'));
    work();
    expect(stocks.take(at('a'))?.path).toBe('s1');
    expect(stocks.take(at('a'))).toBeNull();
    expect(work()).toEqual(['make s2 a', 'make s3 a']);
  });

  it('brings spares to the commit that is expected, and gives the one that is there first', () => {
    stocks.take(at('a'));
    stocks.take(at('a'));
    work();
    stocks.expect(at('b'));
    const job = stocks.nextJob();
    expect(job).toMatchObject({ kind: 'prepare', outdated: { path: 's1', commit: 'a' } });
    if (job?.kind === 'prepare') {
      stocks.put(job.stock, { path: 's1', index: 's1', commit: 'b' });
    }
    expect(stocks.take(at('b'))?.path).toBe('s1');
    expect(stocks.take(at('b'))?.path).toBe('s2');
  });

  it('keeps the spares of the three repositories used last', () => {
    for (const id of [1, 2, 3]) {
      stocks.take(at('a', id));
    }
    expect(work()).toEqual(['make s1 a', 'make s2 a', 'make s3 a']);
    stocks.expect(at('a', 3));
    stocks.take(at('a', 4));
    expect(work()).toEqual(['remove s3', 'make s4 a']);
  });

  it('removes what was prepared for a repository that has been dropped meanwhile', () => {
    stocks.take(at('a'));
    const job = stocks.nextJob();
    for (const id of [2, 3, 4]) {
      stocks.expect(at('a', id));
    }
    if (job?.kind === 'prepare') {
      stocks.put(job.stock, { path: 'late', index: 'late', commit: 'a' });
    }
    expect(work()).toEqual(['remove late']);
  });

  it('gives up until a spare is missed again', () => {
    stocks.take(at('a'));
    stocks.take(at('a'));
    work();
    stocks.expect(at('b'));
    const job = stocks.nextJob();
    if (job?.kind === 'prepare') {
      stocks.giveUp(job.stock);
    }
    expect(work()).toEqual(['remove s2']);
    expect(stocks.take(at('b'))).toBeNull();
    expect(work()).toEqual(['make s3 b']);
  });
});
