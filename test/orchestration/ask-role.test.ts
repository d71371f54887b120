import { describe, expect, it } from 'vitest';
import type { Brief } from '../../src/domain/brief.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import { roleSchema } from '../../src/domain/role.ts';
import type { RunningRun } from '../../src/domain/run.ts';
import type { Verdict } from '../../src/domain/verdict.ts';
import type { Definition } from '../../src/domain/workflow.ts';
import { askRole } from '../../src/orchestration/ask-role.ts';
import type { AgentAnswer } from '../../src/ports/agent-runtime.ts';
import type { Sandbox } from '../../src/ports/sandbox.ts';
import { createInMemoryWorkspace, toTrailers } from '../support/in-memory-workspace.ts';
import { oneRuntime } from '../support/offers.ts';
import { anOrder, aWorkflow, sha } from '../support/orders.ts';
import { approved, asked, built, designed, failing, triaged } from '../support/outcomes.ts';
import { runAfter } from '../support/run-after.ts';
import { SILENT_TRACES } from '../support/silent-traces.ts';

const IMPLEMENTER = {
  name: 'implementer',
  description: 'Builds.',
  model: 'inherit',
  tools: ['edit'],
  brief: 'Build what was designed.',
} as const;
const ORDER = anOrder();
const DEFINITION: Definition = {
  workflow: aWorkflow(),
  roles: { implementer: { ...IMPLEMENTER, tools: ['edit'] } },
};
const USAGE = { inputTokens: null, outputTokens: null, costUsd: null };
const WORK = { kind: 'work', summary: 'The list answers 400 above 100.' };
const worked: AgentAnswer = { kind: 'answered', report: WORK, usage: USAGE };
const crashed: Outcome = {
  kind: 'broke',
  summary: 'the push did not answer',
  remedy: 'Retry.',
  retriable: true,
  verdicts: [],
};
const sandbox: Sandbox = {
  kind: 'none',
  run: () => Promise.reject(new Error('nothing is run')),
  start: () => Promise.reject(new Error('nothing is started')),
};

/** At the implementation after these further outcomes. */
function atImplementation(...more: readonly Parameters<typeof runAfter>[0][number][]): RunningRun {
  const run = runAfter([triaged, designed, asked, approved(), ...more], ORDER, DEFINITION);
  if (run.state !== 'running' || run.step !== 'implementation') {
    throw new Error(`expected a run at its implementation, got ${run.state}`);
  }
  return run;
}

function openBench(answer: AgentAnswer = worked, guarded: Verdict = { kind: 'pass', summary: 'no secret' }) {
  const workspace = createInMemoryWorkspace();
  const briefs: Brief[] = [];
  const stop = new AbortController();
  const bench = {
    workspace,
    sandbox,
    hear: () => undefined,
    traces: SILENT_TRACES,
    msBetween: () => 0,
    windowTokens: 200_000,
    ...oneRuntime({
      name: 'scripted',
      summary: 'Answers as the test says.',
      run: async (brief: Brief) => {
        briefs.push(brief);
        return answer;
      },
    }),
    fenceToken: () => 'f00d',
    overlay: async () => ({ mounts: [], path: [] }),
    guard: () => Promise.resolve(guarded),
    mask: (text: string) => text.replaceAll('hunter2', '[secret]'),
  };
  function ask(run: RunningRun, request: Partial<Parameters<typeof askRole>[1]> = {}) {
    const all = {
      role: 'implementer',
      report: 'work',
      access: 'write',
      timeoutMs: 60_000,
      ...request,
    } as const;
    return askRole(run, all, { bench, signal: stop.signal });
  }
  return { workspace, briefs, stop, ask };
}

describe('orchestration/ask-role', () => {
  it('seals what was written, pushes it, and closes the tree', async () => {
    const { workspace, ask } = openBench();
    const run = atImplementation();
    expect(await ask(run)).toEqual({
      kind: 'reported',
      report: { ...WORK, details: '', facts: {}, deferred: [] },
      checkpoint: sha('e'),
    });
    expect(workspace.branches.get(ORDER.branch)).toBe(sha('e'));
    expect(workspace.seals).toMatchObject([
      { runId: ORDER.id, step: 'implementation', attempt: 1, subject: WORK.summary, at: run.since },
    ]);
    expect(workspace.openTrees.size).toBe(0);
  });

  it('gives the role its brief, with the change so far once there is one', async () => {
    const { briefs, ask } = openBench();
    await ask(atImplementation());
    await ask(atImplementation(built(sha('b')), failing), { access: 'read' });
    expect(briefs[0]).toMatchObject({ step: 'implementation', attempt: 1, access: 'write', report: 'work' });
    expect(briefs[0]?.prompt).not.toContain('diff --git');
    expect(briefs[1]?.prompt).toContain('diff --git');
    expect(briefs[1]?.prompt).toContain('<untrusted-f00d what="feedback of gates">');
  });

  it.each([
    ['opus', 'large'],
    ['sonnet', 'middle'],
    ['haiku', 'small'],
    ['inherit', 'usual'],
  ] as const)("takes the operator's model for the tier %s", async (model, name) => {
    const { briefs, ask } = openBench();
    const run = atImplementation();
    const role = { ...run.definition.roles['implementer'], model };
    await ask({ ...run, definition: { ...run.definition, roles: { implementer: roleSchema.parse(role) } } });
    expect(briefs.map((brief) => brief.model)).toEqual([name]);
  });

  it('shows a role that looks at some files the change of those alone', async () => {
    const { ask, briefs, workspace } = openBench();
    workspace.readDiff = async (...[, , , { paths = [] }]) => `the diff of ${paths.join(' and ')}`;
    const files = { globs: ['*.sql'], paths: ['new.sql', 'old.sql'] };
    await ask(atImplementation(built(sha('b')), failing), { access: 'read', files });
    expect(briefs[0]?.prompt).toContain('the diff of new.sql and old.sql');
    expect(briefs[0]?.instructions).toContain('Your files are those that match `*.sql`');
  });

  it('keeps nothing of what a reader leaves in the tree', async () => {
    const { workspace, ask } = openBench();
    expect(await ask(atImplementation(), { access: 'read' })).not.toHaveProperty('checkpoint');
    expect(workspace.seals).toEqual([]);
  });

  it('tells what was not changed and what must not be committed', async () => {
    const { workspace, ask } = openBench();
    workspace.sealing = { kind: 'unchanged' };
    expect(await ask(atImplementation())).toMatchObject({ kind: 'reported' });
    workspace.sealing = { kind: 'refused', findings: [{ message: 'a link out', severity: 'error' }] };
    expect(await ask(atImplementation())).toMatchObject({ kind: 'refused' });
    expect(workspace.branches.size).toBe(0);
  });

  it('says what to do when GitHub refuses a file, and that trying again does not help', async () => {
    const { workspace, ask } = openBench();
    workspace.push = async () => ({ kind: 'forbidden', path: '.github/workflows/ci.yml' });
    expect(await ask(atImplementation())).toMatchObject({
      kind: 'broke',
      retriable: false,
      summary: expect.stringContaining('changes .github/workflows/ci.yml'),
      remedy: expect.stringMatching(/leave \.github\/workflows alone.*"workflows: write"/),
    });
  });

  it('a report that does not have its form is a broken tool, and nothing is pushed', async () => {
    const { workspace, ask } = openBench({ ...worked, report: { kind: 'work', summary: '' } });
    expect(await ask(atImplementation())).toMatchObject({
      kind: 'broke',
      retriable: true,
      summary: expect.stringContaining('summary: '),
    });
    const words = openBench({ ...worked, report: 'done!' });
    expect(await words.ask(atImplementation(), { report: 'review' })).toMatchObject({
      kind: 'broke',
      summary: expect.stringContaining('a review report'),
    });
    expect(workspace.seals).toEqual([]);
  });

  it('an agent that fails is a broken tool', async () => {
    const failed = { reason: 'provider', message: 'no answer', remedy: 'Wait.', retriable: false } as const;
    const { ask, workspace } = openBench({ kind: 'failed', ...failed });
    expect(await ask(atImplementation())).toEqual({
      kind: 'broke',
      summary: 'no answer',
      remedy: 'Wait.',
      retriable: false,
    });
    expect(workspace.openTrees.size).toBe(0);
  });

  it('keeps nothing of an answer that came after the stop, and closes the tree', async () => {
    const { workspace, stop, ask } = openBench();
    stop.abort();
    await expect(ask(atImplementation())).rejects.toThrow('aborted');
    expect(workspace.seals).toEqual([]);
    expect(workspace.openTrees.size).toBe(0);
  });

  it('does not ask a role that the definition has not', async () => {
    await expect(openBench().ask(atImplementation(), { role: 'ghost' })).rejects.toThrow('no role ghost');
  });
});

describe('orchestration/ask-role: what must not leave', () => {
  const findings = [{ path: 'src/a.ts', line: 1, message: 'looks like a key', severity: 'error' }] as const;

  it.each<[string, Verdict, object]>([
    [
      'a secret',
      { kind: 'fail', summary: 'one secret', findings: [...findings] },
      { kind: 'refused', findings },
    ],
    [
      'what a person must release',
      { kind: 'hold', summary: 'odd', findings: [...findings] },
      { kind: 'refused' },
    ],
    [
      'what nobody could look at',
      { kind: 'broke', summary: 'no scanner', remedy: 'Retry.' },
      { kind: 'broke', retriable: true },
    ],
    [
      'what nobody can look at',
      { kind: 'broke', summary: 'no scanner', remedy: 'Mend.', permanent: true },
      { retriable: false },
    ],
  ])('%s is not pushed', async (_title, verdict, expected) => {
    const { ask, workspace } = openBench(worked, verdict);
    expect(await ask(atImplementation())).toMatchObject(expected);
    expect([...workspace.branches]).toEqual([]);
  });

  it('a credential in a report is masked before anybody sees it', async () => {
    const report = {
      kind: 'work',
      summary: 'Use hunter2.',
      details: 'The key is hunter2.',
      facts: { key: 'hunter2' },
    };
    const { ask } = openBench({ ...worked, report });
    expect(JSON.stringify(await ask(atImplementation()))).not.toContain('hunter2');
  });
});

describe('orchestration/push-checkpoint', () => {
  it.each([
    ['this attempt, before a crash', atImplementation(), 1],
    ['an attempt that broke while it pushed', atImplementation(crashed), 1],
  ])('replaces the commit of %s', async (_title, run, attempt) => {
    const { workspace, ask } = openBench();
    workspace.branches.set(ORDER.branch, sha('d'));
    workspace.trailers.set(sha('d'), toTrailers({ runId: ORDER.id, step: 'implementation', attempt }));
    expect(await ask(run)).toMatchObject({ checkpoint: sha('e') });
    expect(workspace.branches.get(ORDER.branch)).toBe(sha('e'));
  });

  it('moves the branch on from the last checkpoint', async () => {
    const { workspace, ask } = openBench();
    workspace.branches.set(ORDER.branch, sha('b'));
    expect(await ask(atImplementation(built(sha('b')), failing))).toMatchObject({ checkpoint: sha('e') });
  });

  it('leaves the branch alone when a person has amended a checkpoint that the run had taken', async () => {
    const { workspace, ask } = openBench();
    workspace.branches.set(ORDER.branch, sha('c'));
    workspace.trailers.set(sha('c'), toTrailers({ runId: ORDER.id, step: 'implementation', attempt: 1 }));
    expect(await ask(atImplementation(built(sha('b')), failing))).toMatchObject({
      kind: 'broke',
      retriable: false,
      summary: expect.stringContaining(sha('c')),
      remedy: expect.stringContaining(sha('b')),
    });
    expect(workspace.branches.get(ORDER.branch)).toBe(sha('c'));
  });

  it('says what to do about a branch that is in the way, and about one that is gone', async () => {
    const first = openBench();
    first.workspace.branches.set(ORDER.branch, sha('c'));
    expect(await first.ask(atImplementation())).toMatchObject({ remedy: expect.stringContaining('Delete') });
    const gone = openBench();
    expect(await gone.ask(atImplementation(built(sha('b')), failing))).toMatchObject({
      summary: expect.stringContaining('deleted'),
      remedy: expect.stringContaining(sha('b')),
    });
  });
});
