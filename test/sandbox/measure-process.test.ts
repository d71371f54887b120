import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { measureProcess } from '../../src/sandbox/measure-process.ts';

/** Works for a while in a child, says so, and then waits. */
const PROGRAM =
  'for (let i = 0; i < 3e8; i += 1) Math.sqrt(i); console.log("done"); setInterval(() => {}, 1000);';

describe('src/sandbox/measure-process', () => {
  it('adds up what a process and its children use, and knows when it is dead', async () => {
    const child = spawn('/bin/sh', ['-c', '"$0" -e "$1"; true', process.execPath, PROGRAM], {
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    const pid = child.pid ?? 0;
    await once(child.stdout, 'data');
    const measured = measureProcess(pid);
    expect(measured?.cpuMs).toBeGreaterThan(50);
    expect(measured?.memoryBytes).toBeGreaterThan(10 * 1024 ** 2);
    process.kill(-pid, 'SIGKILL');
    await once(child, 'exit');
    expect(measureProcess(pid)).toBeNull();
  });
});
