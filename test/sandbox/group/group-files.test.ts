import { describe, expect, it } from 'vitest';
import { toControllers, toGroupFiles, toOomKills } from '../../../src/sandbox/group/group-files.ts';

const LIMITS = { processes: 10, memoryBytes: 4096, cpus: 1.5 };

describe('src/sandbox/group/group-files', () => {
  it.each([
    ['cpuset cpu io memory hugetlb pids rdma\n', ['pids', 'memory', 'cpu']],
    ['memory pids', ['pids', 'memory']],
    ['hugetlb\n', []],
    ['', []],
  ])('finds the controllers that limits are made of in %j', (list, controllers) => {
    expect(toControllers(list)).toEqual(controllers);
  });

  it('writes the limits that the controllers can keep', () => {
    expect(toGroupFiles(LIMITS, ['pids', 'memory', 'cpu'])).toEqual([
      { name: 'pids.max', content: '10' },
      { name: 'memory.max', content: '4096' },
      { name: 'memory.swap.max', content: '0', optional: true },
      { name: 'memory.oom.group', content: '1' },
      { name: 'cpu.max', content: '150000 100000' },
    ]);
    expect(toGroupFiles({ ...LIMITS, cpus: null }, ['pids', 'cpu'])).toEqual([
      { name: 'pids.max', content: '10' },
    ]);
  });

  it('counts how often memory ran out', () => {
    expect(toOomKills('low 0\nhigh 0\nmax 12\noom 1\noom_kill 3\noom_group_kill 1\n')).toBe(3);
    expect(toOomKills('oom_kill 0\n')).toBe(0);
    expect(toOomKills('')).toBe(0);
  });
});
