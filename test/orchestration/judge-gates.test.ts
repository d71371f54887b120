import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Evidence } from '../../src/domain/evidence.ts';
import type { Gate } from '../../src/domain/gate.ts';
import type { Verdict } from '../../src/domain/verdict.ts';
import { judgeGates } from '../../src/orchestration/judge-gates.ts';
import { type EvidenceRoom, openEvidence } from '../../src/orchestration/open-evidence.ts';
import { readChangeOnce } from '../../src/orchestration/read-change-once.ts';
import type { SandboxedCommand } from '../../src/ports/sandbox.ts';
import { createInMemoryWorkspace } from '../support/in-memory-workspace.ts';
import { aRunningRun } from '../support/runs.ts';

const RUN = aRunningRun();
const pass: Verdict = { kind: 'pass', summary: 'good' };

function aGate(judge: (evidence: Evidence) => Promise<Verdict>): Gate {
  return { name: 'any', summary: 'Any.', options: z.strictObject({}), judge };
}

/** A bench whose gates judge real evidence of an in-memory workspace. */
function openBench(gates: Readonly<Record<string, Gate>>, parallel = 2) {
  const workspace = createInMemoryWorkspace();
  workspace.files.set('package.json', Buffer.from('{}'));
  const commands: SandboxedCommand[] = [];
  const stop = new AbortController();
  const profile = { name: 'node', when: ['package.json'], path: ['node_modules/.bin'], checks: {} };
  const room: EvidenceRoom = {
    workspace,
    reading: readChangeOnce(RUN, workspace),
    sandbox: {
      kind: 'none',
      async run(command, signal) {
        signal.throwIfAborted();
        commands.push(command);
        return { kind: 'exited', code: 0, output: '', durationMs: 1 };
      },
      start: () => Promise.reject(new Error('nothing is talked to')),
    },
    profiles: [{ ...profile, name: 'go', when: ['go.mod'] }, profile],
    tools: { readOnly: ['/opt/tools'], path: ['/opt/tools/bin'] },
  };
  const bench = {
    gate: (name: string) => gates[name],
    openEvidence: (run: typeof RUN, gate: string, signal: AbortSignal) =>
      openEvidence(run, { gate, signal }, room),
    elapsedMs: () => 0,
    parallel,
  };
  function judge(...names: readonly string[]) {
    const uses = names.map((gate) => ({ gate, name: gate, with: {} }));
    return judgeGates(RUN, uses, { bench, signal: stop.signal });
  }
  return { workspace, commands, stop, bench, judge };
}

describe('orchestration/judge-gates', () => {
  it('keeps the order of the workflow, and judges no more at a time than it may', async () => {
    let underWay = 0;
    let most = 0;
    const slow = aGate(async () => {
      most = Math.max(most, (underWay += 1));
      await new Promise(setImmediate);
      underWay -= 1;
      return pass;
    });
    const { judge } = openBench({ a: slow, b: slow, c: slow });
    expect((await judge('a', 'b', 'c')).map(({ gate }) => gate)).toEqual(['a', 'b', 'c']);
    expect(most).toBe(2);
  });

  it.each<[string, Gate]>([
    ['throws', aGate(() => Promise.reject(new Error('no parser')))],
    ['says what is no verdict', aGate(async () => ({ kind: 'ok' }) as unknown as Verdict)],
    ['does not take its options', { ...aGate(async () => pass), options: z.object({ max: z.int() }) }],
  ])('a gate that %s has broken, and the others judge', async (_title, gate) => {
    const { judge } = openBench({ bad: gate, good: aGate(async () => pass) });
    expect(await judge('bad', 'good')).toMatchObject([
      { gate: 'bad', verdict: { kind: 'broke' } },
      { gate: 'good', verdict: { kind: 'pass' } },
    ]);
  });

  it('a gate that nobody has is broken, not skipped', async () => {
    expect(await openBench({}).judge('ghost')).toMatchObject([
      { verdict: { kind: 'broke', summary: 'there is no gate ghost' } },
    ]);
  });

  it('evidence that cannot be had is a broken gate, and the others judge', async () => {
    const runs = aGate(async (evidence) => {
      await evidence.run('npm test', 1000);
      return pass;
    });
    const { judge, workspace } = openBench({ runs, reads: aGate(async () => pass) });
    workspace.treeFault = new Error('the disk is full');
    expect(await judge('runs', 'reads')).toMatchObject([
      { verdict: { kind: 'broke', summary: 'the disk is full' } },
      { verdict: { kind: 'pass' } },
    ]);
    const { bench, stop } = openBench({ reads: aGate(async () => pass) });
    const unreadable = { ...bench, openEvidence: () => Promise.reject(new Error('no mirror')) };
    const uses = [{ gate: 'reads', name: 'reads', with: {} }];
    expect(await judgeGates(RUN, uses, { bench: unreadable, signal: stop.signal })).toMatchObject([
      { verdict: { kind: 'broke', summary: 'no mirror' } },
    ]);
  });

  it('stops when it is told to, and says nothing about the work', async () => {
    const { judge, stop } = openBench({
      a: aGate(async () => {
        stop.abort();
        throw new Error('killed');
      }),
    });
    await expect(judge('a')).rejects.toThrow('aborted');
    await expect(judge('a')).rejects.toThrow('aborted');
  });
});

describe('orchestration/open-evidence', () => {
  it('runs commands in one clean tree of the head, with the tools of the operator, and closes it', async () => {
    const gate = aGate(async (evidence) => {
      await evidence.run('npm test', 1000);
      await evidence.run('npm run lint', 2000);
      const { profile, head } = evidence;
      expect([profile?.name, head]).toEqual(['node', RUN.head]);
      return pass;
    });
    const { judge, commands, workspace } = openBench({ tests: gate });
    expect(await judge('tests')).toMatchObject([{ verdict: pass }]);
    const tree = `/trees/${RUN.order.id}-tests`;
    expect(commands).toMatchObject([
      {
        argv: ['/bin/sh', '-c', 'npm test'],
        tree: { path: tree, access: 'write' },
        path: [`${tree}/node_modules/.bin`, '/opt/tools/bin'],
        readOnly: ['/opt/tools'],
        timeoutMs: 1000,
      },
      { argv: ['/bin/sh', '-c', 'npm run lint'], tree: { path: tree } },
    ]);
    expect(workspace.openTrees.size).toBe(0);
  });

  it('has no profile where none applies, and no tree that nobody needs', async () => {
    const gate = aGate(async (evidence) => {
      await evidence.changedFiles();
      expect(evidence.profile).toBeNull();
      return pass;
    });
    const { judge, workspace } = openBench({ size: gate });
    workspace.files.clear();
    expect(await judge('size')).toMatchObject([{ verdict: pass }]);
  });
});
