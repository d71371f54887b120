import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGroupEnd } from '../../src/sandbox/end-group.ts';
import { isAlive } from '../../src/sandbox/end-sandbox.ts';
import { listDescendants } from '../../src/sandbox/list-descendants.ts';
import { until } from './support/host.ts';

describe('src/sandbox/end-group', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'baton-group-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('waits for all that it has killed, also when it was told to kill a second time', async () => {
    const full = join(directory, 'full');
    // In a group of its own, and so large that the kernel takes a while to end it.
    const large = `(head -c 400M /dev/zero; touch ${full}; sleep 60) | tail`;
    const child = spawn('sh', ['-c', `setsid sh -c '${large}' & wait`], { detached: true, stdio: 'ignore' });
    await until(() => existsSync(full));
    const started = listDescendants(child.pid ?? 0);
    expect(started.length).toBeGreaterThan(2);

    const { kill, sweep } = createGroupEnd();
    const exited = once(child, 'exit');
    kill(child, () => '');
    await exited;
    kill(child, () => '');
    await sweep(child, () => '');
    expect(started.filter(isAlive)).toEqual([]);
  });
});
