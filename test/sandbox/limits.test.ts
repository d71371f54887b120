import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/domain/sandbox-limits.ts';
import { withLimits } from '../../src/sandbox/limits.ts';

const OWN = `Limit                     Soft Limit           Hard Limit           Units
Max cpu time              unlimited            unlimited            seconds
Max file size             unlimited            unlimited            bytes
Max processes             7823                 500                  processes
Max open files            1024                 4096                 files
`;

describe('src/sandbox/limits', () => {
  it('asks for no more than this process may give', () => {
    const limits = { ...DEFAULT_LIMITS, processes: 1024, openFiles: 8192, fileBytes: 1000, cpuSeconds: 60 };
    expect(withLimits({ prlimit: '/usr/bin/prlimit', own: OWN }, limits)).toEqual([
      '/usr/bin/prlimit',
      '--core=0',
      '--nproc=500',
      '--fsize=1000',
      '--nofile=4096',
      '--cpu=60',
      '--',
    ]);
  });

  it('asks for its own limits where nothing is known, and for none without the program', () => {
    const limits = { ...DEFAULT_LIMITS, processes: 7 };
    expect(withLimits({ prlimit: 'p', own: '' }, limits)).toContain('--nproc=7');
    expect(withLimits({ prlimit: null, own: OWN }, limits)).toEqual([]);
  });
});
