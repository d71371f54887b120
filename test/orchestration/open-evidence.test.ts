import { describe, expect, it } from 'vitest';
import type { ChangedFile } from '../../src/domain/evidence.ts';
import { openEvidence } from '../../src/orchestration/open-evidence.ts';
import type { SandboxedCommand } from '../../src/ports/sandbox.ts';
import { exited } from '../support/evidence.ts';
import { aRunningRun } from '../support/runs.ts';

const PROFILE = { name: 'node', when: ['package.json'], path: ['node_modules/.bin'], checks: {} };

function added(path: string, from?: string): ChangedFile {
  const change = { path, mode: '100755', additions: 1, deletions: 0, binary: false } as const;
  return from === undefined ? { ...change, status: 'added' } : { ...change, status: 'renamed', from };
}

/** Runs a command as a gate would, and says what the sandbox was asked to do. */
async function runOn(...changes: readonly ChangedFile[]): Promise<SandboxedCommand> {
  const asked: SandboxedCommand[] = [];
  const run = aRunningRun();
  const evidence = await openEvidence(
    run,
    { gate: 'tests', signal: new AbortController().signal },
    {
      workspace: {
        openTree: async (_repository, commit) => ({
          path: '/trees/1',
          commit,
          close: () => Promise.resolve(),
        }),
        readWritten: async (tree, path) => ({ kind: 'read', text: path, root: tree.path }),
      },
      reading: {
        changedFiles: async () => changes,
        addedLines: async () => [],
        readFile: async () => Buffer.from('{}'),
      },
      sandbox: {
        kind: 'bubblewrap',
        async run(command) {
          asked.push(command);
          return exited(0);
        },
        start: () => Promise.reject(new Error('nothing is talked to')),
      },
      profiles: [PROFILE],
      tools: { readOnly: ['/opt/tools'], path: ['/opt/tools'] },
    },
  );
  await evidence.run('vitest run', 1_000);
  await evidence.close();
  const [command] = asked;
  if (command === undefined) {
    throw new Error('the sandbox was not asked for anything');
  }
  return command;
}

describe('orchestration/open-evidence', () => {
  it('lets a command use the programs of the tree, before those of the operator', async () => {
    const { path, argv, readOnly } = await runOn(added('src/a.ts'));
    expect(path).toEqual(['/trees/1/node_modules/.bin', '/opt/tools']);
    expect(argv).toEqual(['/bin/sh', '-c', 'vitest run']);
    expect(readOnly).toEqual(['/opt/tools']);
  });

  it.each([
    ['adds a program', added('node_modules/.bin/vitest')],
    ['rewrites what a program loads', added('node_modules/vitest/index.js')],
    ['makes a link of the directory', added('node_modules')],
    ['moves a program away', added('tools/vitest', 'node_modules/.bin/vitest')],
  ])('takes no program from where a change %s', async (_, change) => {
    expect((await runOn(added('src/a.ts'), change)).path).toEqual(['/opt/tools']);
  });
});
