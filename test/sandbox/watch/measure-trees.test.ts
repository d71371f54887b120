import { describe, expect, it } from 'vitest';
import { measureTrees } from '../../../src/sandbox/watch/measure-trees.ts';
import { findChildren } from '../support/host.ts';

describe('src/sandbox/watch/measure-trees', () => {
  it('leaves no process behind when it is stopped', async () => {
    const before = findChildren(process.pid);
    const stopping = new AbortController();
    const measured = measureTrees(['/usr'], stopping.signal);
    stopping.abort();
    expect(await measured).toBeNull();
    expect(findChildren(process.pid)).toEqual(before);
  });

  it('counts nothing where nothing is', async () => {
    expect(await measureTrees(['/nowhere'], new AbortController().signal)).toEqual({ bytes: 0, files: 0 });
  });
});
