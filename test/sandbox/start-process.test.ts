import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createGroupEnd } from '../../src/sandbox/end-group.ts';
import type { OpenGuard } from '../../src/sandbox/guard.ts';
import { startProcess } from '../../src/sandbox/start-process.ts';

const LIMIT_MS = 60_000;

describe('src/sandbox/start-process', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function end(
    argv: readonly [string, ...string[]],
    guard: OpenGuard,
    signal = new AbortController().signal,
  ) {
    const request = { argv, cwd: '/', environment: {}, timeoutMs: LIMIT_MS, guards: [guard] };
    return startProcess({ ...request, ...createGroupEnd() }, signal).ended;
  }

  /** Remembers what it was told of the work. */
  function listening(heard: string[]): OpenGuard {
    return () => ({
      async close(work) {
        heard.push(work);
        return null;
      },
    });
  }

  it('does not take one for too slow that had ended before its time limit', async () => {
    // Its tree is counted until the limit is over.
    const ended = end(['/bin/sh', '-c', 'exit 3'], () => ({
      async close() {
        vi.advanceTimersByTime(LIMIT_MS);
        return null;
      },
    }));
    expect(await ended).toMatchObject({ kind: 'exited', code: 3 });
  });

  it('ends one that is still at work then', async () => {
    const heard: string[] = [];
    const ended = end(['/bin/sleep', '600'], listening(heard));
    vi.advanceTimersByTime(LIMIT_MS);
    vi.useRealTimers();
    expect(await ended).toMatchObject({ kind: 'timed-out' });
    expect(heard).toEqual(['given-up']);
  });

  it('has only the work of what was not stopped looked at once more', async () => {
    vi.useRealTimers();
    const heard: string[] = [];
    const stopping = new AbortController();
    const ended = end(['/bin/sleep', '600'], listening(heard), stopping.signal);
    stopping.abort();
    await ended;
    await end(['/bin/sh', '-c', ':'], listening(heard));
    expect(heard).toEqual(['given-up', 'complete']);
  });
});
