import { describe, expect, it } from 'vitest';
import type { ChangedFile } from '../../src/domain/evidence.ts';
import { openEvidence } from '../../src/orchestration/open-evidence.ts';
import { readChangeOnce } from '../../src/orchestration/read-change-once.ts';
import type { Sandbox, SandboxedCommand } from '../../src/ports/sandbox.ts';
import { exited } from '../support/evidence.ts';
import { createInMemoryWorkspace } from '../support/in-memory-workspace.ts';
import { NO_EGRESS } from '../support/no-egress.ts';
import { sha } from '../support/orders.ts';
import { aRunningRun } from '../support/runs.ts';

const PROFILE = { name: 'node', when: ['package.json'], path: ['node_modules/.bin'], checks: {} };

function added(path: string, from?: string): ChangedFile {
  const change = { path, mode: '100755', additions: 1, deletions: 0, binary: false } as const;
  return from === undefined ? { ...change, status: 'added' } : { ...change, status: 'renamed', from };
}

/** A sandbox in which every command ends well, and is noted. */
function aSandbox(asked: SandboxedCommand[], output = ''): Sandbox {
  return {
    kind: 'bubblewrap',
    async run(command) {
      asked.push(command);
      return exited(0, output);
    },
    start: () => Promise.reject(new Error('nothing is talked to')),
  };
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
        ...createInMemoryWorkspace(),
        openTree: async (_repository, commit) => ({
          path: '/trees/1',
          commit,
          close: () => Promise.resolve(),
        }),
        readFile: async () => null,
        readWritten: async (tree, path) => ({ kind: 'read', text: path, root: tree.path }),
      },
      reading: {
        changedFiles: async () => changes,
        addedLines: async () => [],
        paths: async () => [],
        readFile: async () => Buffer.from('{}'),
      },
      provide: async () => null,
      egress: NO_EGRESS,
      sandbox: aSandbox(asked),
      profiles: [PROFILE],
      tools: { readOnly: ['/opt/tools'], path: ['/opt/tools'] },
    },
  );
  await evidence.run('vitest run', { timeoutMs: 1_000 });
  await evidence.close();
  const [command] = asked;
  if (command === undefined) {
    throw new Error('the sandbox was not asked for anything');
  }
  return command;
}

describe('orchestration/open-evidence', () => {
  it('gives a command a tree of the base, apart from that of the head, when it is asked to', async () => {
    const workspace = createInMemoryWorkspace();
    const run = { ...aRunningRun(), head: sha('d') };
    const opened: string[] = [];
    const room = {
      workspace: {
        ...workspace,
        openTree(...[repository, commit, purpose]: Parameters<typeof workspace.openTree>) {
          opened.push(commit);
          return workspace.openTree(repository, commit, purpose);
        },
      },
      reading: readChangeOnce(run, workspace),
      provide: async () => null,
      egress: NO_EGRESS,
      sandbox: aSandbox([]),
      profiles: [],
      tools: { readOnly: [], path: [] },
    };
    const evidence = await openEvidence(run, { gate: 'b', signal: new AbortController().signal }, room);
    for (const side of ['base', 'head', 'head', 'base'] as const) {
      await evidence.run('bench', { timeoutMs: 1_000, on: side });
    }
    expect(opened).toEqual([sha('a'), sha('d')]);
    expect(workspace.openTrees.size).toBe(2);
    await evidence.close();
    expect(workspace.openTrees.size).toBe(0);
  });

  it('keeps to itself where on this machine the tree is', async () => {
    const workspace = createInMemoryWorkspace();
    const run = aRunningRun();
    const tree = { path: '/var/baton/trees/7-tests', commit: run.head, close: () => Promise.resolve() };
    const said = `in ${tree.path}: ${tree.path}/src/a.ts:3, file://${tree.path}/src/b.ts:4`;
    const room = {
      workspace: {
        ...workspace,
        openTree: async () => tree,
        readWritten: async () => ({ kind: 'read', text: said, root: tree.path }) as const,
      },
      reading: readChangeOnce(run, workspace),
      provide: async () => null,
      egress: NO_EGRESS,
      sandbox: aSandbox([], said),
      profiles: [],
      tools: { readOnly: [], path: [] },
    };
    const evidence = await openEvidence(run, { gate: 'tests', signal: new AbortController().signal }, room);
    const shown = 'in .: src/a.ts:3, src/b.ts:4';
    expect(await evidence.run('test', { timeoutMs: 1_000 })).toMatchObject({ output: shown });
    expect(await evidence.readReport('report.xml')).toMatchObject({ text: shown });
    await evidence.close();
  });

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
