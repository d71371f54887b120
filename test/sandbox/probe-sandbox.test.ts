import { describe, expect, it } from 'vitest';
import { createBubblewrapSandbox } from '../../src/sandbox/create-bubblewrap-sandbox.ts';
import { probeSandbox } from '../../src/sandbox/probe-sandbox.ts';
import { findChildren, silentLog } from './support/host.ts';

describe('src/sandbox/probe-sandbox', () => {
  it('finds this machine usable, and leaves nothing behind', async () => {
    expect(
      await probeSandbox(createBubblewrapSandbox({ log: silentLog })),
      'apt-get install -y bubblewrap',
    ).toEqual({ usable: true });
    expect(findChildren(process.pid)).toEqual([]);
  });
});
