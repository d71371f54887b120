import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { endDescendants } from '../../src/sandbox/end-descendants.ts';
import { isAlive } from '../../src/sandbox/end-sandbox.ts';
import { listDescendants } from '../../src/sandbox/list-descendants.ts';
import { until } from './support/host.ts';

/** Starts one in a session of its own and one beside it, both deaf to what can be ignored, with a child each. */
const FAMILY = `
  setsid sh -c 'trap "" TERM INT HUP; sleep 300 & echo $$ $!; wait' &
  sh -c 'trap "" TERM INT HUP; sleep 300 & echo $$ $!; wait' &
  wait`;

describe('src/sandbox/end-descendants', () => {
  it('kills all that came from a process, but who is spared and what came from that', async () => {
    const root = spawn('sh', ['-c', FAMILY], { stdio: ['ignore', 'pipe', 'inherit'] });
    const gone = once(root, 'exit');
    let said = '';
    root.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    await until(() => said.trim().split(/\s+/).length === 4);
    const [spared = 0, sparedChild = 0, other = 0, otherChild = 0] = said.trim().split(/\s+/).map(Number);
    const all = [spared, sparedChild, other, otherChild];
    expect(listDescendants(root.pid ?? 0)).toEqual(expect.arrayContaining(all));

    endDescendants(root.pid ?? 0, spared);
    await until(() => !isAlive(other) && !isAlive(otherChild));
    expect([spared, sparedChild].map(isAlive)).toEqual([true, true]);

    endDescendants(root.pid ?? 0, null);
    await until(() => !all.some(isAlive));
    await gone;
  });
});
