import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Evidence } from '../../src/domain/evidence.ts';
import type { Finding } from '../../src/domain/finding.ts';
import type { Gate } from '../../src/domain/gate.ts';
import type { ModeChoice } from '../../src/domain/gate-mode.ts';
import type { Verdict } from '../../src/domain/verdict.ts';
import { createBaselines } from '../../src/orchestration/baselines.ts';
import { judgeGates } from '../../src/orchestration/judge-gates.ts';
import { type EvidenceRoom, openEvidence } from '../../src/orchestration/open-evidence.ts';
import { readChangeOnce } from '../../src/orchestration/read-change-once.ts';
import type { SandboxedCommand } from '../../src/ports/sandbox.ts';
import { createInMemoryWorkspace } from '../support/in-memory-workspace.ts';
import { NO_EGRESS } from '../support/no-egress.ts';
import { sha } from '../support/orders.ts';
import { aRunningRun } from '../support/runs.ts';

const RUN = aRunningRun();
const CHANGED = { ...RUN, head: sha('d') };
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
    provide: async () => null,
    egress: NO_EGRESS,
    profiles: [{ ...profile, name: 'go', when: ['go.mod'] }, profile],
    tools: { readOnly: ['/opt/tools'], path: ['/opt/tools/bin'] },
  };
  const bench = {
    gate: (name: string) => gates[name],
    openEvidence: (run: typeof RUN, gate: string, signal: AbortSignal) =>
      openEvidence(run, { gate, signal }, room),
    elapsedMs: () => 0,
    parallel,
    baselines: createBaselines(),
  };
  function judge(...names: readonly string[]) {
    const uses = names.map((gate) => ({ gate, name: gate, with: {} }));
    return judgeGates(RUN, uses, { bench, signal: stop.signal });
  }
  async function judgeIn(choice: ModeChoice, run: typeof RUN = CHANGED) {
    const uses = [{ gate: 'a', name: 'a', with: {}, ...choice }];
    return (await judgeGates(run, uses, { bench, signal: stop.signal }))[0];
  }
  return { workspace, commands, stop, bench, judge, judgeIn };
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

  it('judges with a gate that measures when no other gate is at work', async () => {
    const atWork = new Set<string>();
    const seen: string[] = [];
    function watching(name: string): Gate {
      return aGate(async () => {
        atWork.add(name);
        seen.push([...atWork].join('+'));
        await new Promise(setImmediate);
        atWork.delete(name);
        return pass;
      });
    }
    const measures: Gate = { ...watching('m'), alone: true };
    const { judge } = openBench({ m: measures, n: measures, a: watching('a'), b: watching('b') });
    const verdicts = await judge('m', 'a', 'n', 'b');
    expect(verdicts.map(({ gate }) => gate)).toEqual(['m', 'a', 'n', 'b']);
    expect(seen).toEqual(['a', 'a+b', 'm', 'm']);
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
      await evidence.run('npm test', { timeoutMs: 1000 });
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

/** A gate that finds one thing at the base and more at the head. */
function aGrowingGate(atBase: Verdict): { readonly gate: Gate; readonly judged: string[] } {
  const judged: string[] = [];
  const gate = aGate(async ({ head }) => {
    judged.push(head);
    return head === RUN.base.sha ? atBase : fail('old', 'new');
  });
  return { gate, judged };
}

function fail(...messages: readonly string[]): Verdict {
  const findings = messages.map((message): Finding => ({ path: 'a.ts', message, severity: 'error' }));
  return { kind: 'fail', summary: 'Bad.', findings };
}

describe('the mode of a gate', () => {
  it('judges the base as well when only what is new counts, and only once', async () => {
    const { gate, judged } = aGrowingGate(fail('old'));
    const { judgeIn } = openBench({ a: gate });
    const expected = {
      mode: 'regression-only',
      compared: { old: 1, new: 1 },
      verdict: { kind: 'fail', findings: [{ message: 'new' }] },
    };
    expect(await judgeIn({ mode: 'regression-only' })).toMatchObject(expected);
    expect(await judgeIn({ mode: 'regression-only' })).toMatchObject(expected);
    expect(judged).toEqual([CHANGED.head, RUN.base.sha, CHANGED.head]);
  });

  it('passes what the base has too, and fails when the base could not be judged', async () => {
    const same = openBench({ a: aGrowingGate(fail('new', 'old')).gate });
    expect(await same.judgeIn({ mode: 'regression-only' })).toMatchObject({
      verdict: { kind: 'pass' },
      compared: { old: 2, new: 0 },
    });
    const broken = aGrowingGate({ kind: 'broke', summary: 'no', remedy: 'Mend it.' });
    const { judgeIn } = openBench({ a: broken.gate });
    expect(await judgeIn({ mode: 'regression-only' })).toMatchObject({ verdict: { kind: 'fail' } });
    await judgeIn({ mode: 'regression-only' });
    expect(broken.judged.filter((head) => head === RUN.base.sha)).toHaveLength(2);
  });

  it('is what the repository asks for, as far as the workflow lets it', async () => {
    const run = { ...RUN, settings: { ...RUN.settings, gates: { ...RUN.settings.gates } } };
    run.settings.gates.modes = { a: 'informational' };
    const { judgeIn } = openBench({ a: aGate(async () => fail('x')) });
    expect((await judgeIn({}, run))?.mode).toBeUndefined();
    expect((await judgeIn({ mayRelaxTo: 'regression-only' }, run))?.mode).toBe('regression-only');
    expect((await judgeIn({ mayRelaxTo: 'informational' }, run))?.mode).toBe('informational');
  });

  it('is strict for a gate that guards against the change itself', async () => {
    const run = { ...RUN, settings: { ...RUN.settings, gates: { ...RUN.settings.gates } } };
    run.settings.gates.modes = { a: 'informational' };
    const { judgeIn } = openBench({ a: { ...aGate(async () => fail('x')), alwaysStrict: true } });
    expect(
      (await judgeIn({ mode: 'informational', mayRelaxTo: 'informational' }, run))?.mode,
    ).toBeUndefined();
  });

  it('keeps the first fifty findings', async () => {
    const many = Array.from({ length: 60 }, (_, index) => `finding ${index}`);
    const { judgeIn } = openBench({ a: aGate(async () => fail(...many)) });
    const judged = await judgeIn({});
    expect(judged?.verdict.kind === 'fail' && judged.verdict.findings).toHaveLength(50);
  });
});

describe('orchestration/open-evidence', () => {
  it('runs commands in one clean tree of the head, with the tools of the operator, and closes it', async () => {
    const gate = aGate(async (evidence) => {
      await evidence.run('npm test', { timeoutMs: 1000 });
      await evidence.run('npm run lint', { timeoutMs: 2000 });
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

  it('reads what a command has left in its tree, and nothing before there is one', async () => {
    const seen: unknown[] = [];
    const { judge, workspace } = openBench({
      tests: aGate(async (evidence) => {
        seen.push(await evidence.readReport('junit.xml'));
        await evidence.run('npm test', { timeoutMs: 1000 });
        seen.push(await evidence.readReport('junit.xml'));
        return pass;
      }),
    });
    workspace.readWritten = async ({ path }, name, maxBytes) => ({
      kind: 'read',
      text: `${name} of ${maxBytes} at most`,
      root: path,
    });
    await judge('tests');
    const root = expect.stringMatching(/^\/trees\//);
    expect(seen).toEqual([{ kind: 'absent' }, { kind: 'read', text: 'junit.xml of 4194304 at most', root }]);
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
