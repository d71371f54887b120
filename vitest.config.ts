import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

/**
 * Folders whose code keeps nothing in its modules, so that one process can do the tests of many files. Not the benchmark,
 * which runs programs and is begun before others, and not what changes Node's own HTTP. `test/architecture` looks that
 * none of their tests leaves anything behind.
 */
export const WITHOUT_STATE = [
  'test/{catalog,commands,config,domain,gateway,metrics,orchestration,presentation}/**/*.test.ts',
  'test/{simulator,steps,store,team,telemetry}/**/*.test.ts',
  'test/gates/**/!(benchmark).test.ts',
  'test/github/**/!(api-github-com).test.ts',
];

export default defineConfig({
  test: {
    globalSetup: ['test/support/postgres-setup.ts'],
    setupFiles: ['test/support/tell-on-failure.ts'],
    // One more than there are cores: most tests wait for processes, git and a database rather than compute.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
    // They end what hangs. Whoever waits for an event waits longer on a busy machine.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 60_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'isolated',
          include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...WITHOUT_STATE],
        },
      },
      // A process for each of these would do little but load the same modules again.
      { extends: true, test: { name: 'shared', include: WITHOUT_STATE, isolate: false } },
    ],
  },
});
