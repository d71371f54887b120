import { describe, expect, it } from 'vitest';
import { findGit } from '../../src/workspace/git/find-git.ts';
import { createGit } from '../../src/workspace/git/run-git.ts';
import { findChildren } from '../sandbox/support/host.ts';

const TIMEOUT_MS = 1;

describe('src/workspace/git/run-git', () => {
  it('does not take a git for too slow that has ended while nobody could hear of it', async () => {
    const { signal } = new AbortController();
    const git = createGit({
      program: findGit(),
      directory: '/',
      environment: {},
      timeoutMs: TIMEOUT_MS,
      signal,
    });
    const running = git({ repository: 'acme/app', args: ['version'] });
    const overMs = performance.now() + 2 * TIMEOUT_MS;
    // Who has ended and was not waited for has no command line any more.
    while (findChildren(process.pid).some((line) => line !== '') || performance.now() < overMs) {
      // As long as this goes on, neither the time limit nor the end is seen.
    }
    expect((await running).stdout.toString()).toMatch(/^git version /);
  });
});
