import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { PLUG_INS } from '../../src/catalog/plug-ins.ts';
import { readCatalog } from '../../src/catalog/read-catalog.ts';
import { complain } from '../../src/cli/simulation/complain.ts';
import { toPath } from '../../src/cli/simulation/print-outline.ts';
import { toEdges } from '../../src/cli/simulation/to-edges.ts';
import type { Walk } from '../../src/cli/simulation/walk.ts';
import { walkWorkflow } from '../../src/cli/simulation/walk-workflow.ts';
import { configureSteps } from '../../src/domain/configure-steps.ts';
import { repositorySettingsSchema } from '../../src/domain/repository-settings.ts';
import { defineStepKind, type StepKind } from '../../src/domain/step-kind.ts';
import { type Definition, workflowSchema } from '../../src/domain/workflow.ts';
import { baton } from './run-cli.ts';

const catalog = await readCatalog({ directory: '.' });

function define(...steps: readonly object[]): Definition {
  const workflow = workflowSchema.parse({ name: 'w', description: 'x', steps });
  return { workflow, roles: {} };
}

function agent(id: string, more: object = {}): object {
  return { id, kind: 'agent', with: { role: 'r' }, ...more };
}

function edgesOf(walked: Walk): readonly string[] {
  return toEdges(walked.moves).map(({ from, to, label }) =>
    [`${from.name} ${from.asks}`.trim(), label, `${to.name} ${to.asks}`.trim()].join(' | '),
  );
}

/** A judge that finds no work good enough. */
const never: StepKind = defineStepKind({
  name: 'never',
  summary: 'Rejects.',
  options: z.strictObject({}),
  gates: () => [{ gate: 'g', name: 'g', with: {} }],
  endings: ['rejected'],
  perform: () => Promise.resolve({ kind: 'rejected', summary: '', findings: [] }),
});

describe('src/cli/simulation', () => {
  const SETTINGS = {
    'with nothing set': {},
    'with every step turned on': { reviewAdr: true, autoMerge: true },
  };

  test.each(
    [...catalog.workflows.keys()].flatMap((name) =>
      Object.entries(SETTINGS).map((set) => [name, ...set] as const),
    ),
  )('%s can end well from everywhere %s, and each step is reached', (name, _, delivery) => {
    const definition = configureSteps(catalog.define(name), repositorySettingsSchema.parse({ delivery }));
    const walked = walkWorkflow(definition, catalog.stepKinds);
    expect(complain(walked, definition.workflow)).toEqual([]);
    const ends = walked.situations.filter(({ place }) => place.kind === 'end').map(({ place }) => place.name);
    expect(ends.toSorted()).toEqual(['cancelled', 'succeeded']);
  });

  test('finds all that can happen to two steps', () => {
    const definition = define(agent('build'), {
      id: 'review',
      kind: 'review',
      onReject: 'build',
      maxRejections: 2,
      with: { role: 'r' },
    });
    expect(edgesOf(walkWorkflow(definition, PLUG_INS.stepKinds)).toSorted()).toEqual(
      [
        'build | passed | review',
        'build | held | build escalation (conflict)',
        'build | broke 1 to 2 times | build',
        'build | broke for good | build escalation (broken)',
        'review | passed | succeeded',
        'review | rejected | build',
        'review | held | review escalation (conflict)',
        'review | broke 1 to 2 times | review',
        'review | broke for good | review escalation (broken)',
        'build escalation (conflict) | retry | build',
        'build escalation (conflict) | End the run | cancelled',
        'build | broke 3 times | build escalation (broken)',
        'build escalation (broken) | Do build again | build',
        'build escalation (broken) | End the run | cancelled',
        'review escalation (conflict) | retry | review',
        'review escalation (conflict) | End the run | cancelled',
        'review | broke 3 times | review escalation (broken)',
        'review escalation (broken) | Do review again | review',
        'review escalation (broken) | End the run | cancelled',
        'review | rejected 2 times | review escalation (rejections)',
        'review escalation (rejections) | Do build again | build',
        'review escalation (rejections) | Go on with the work as it is | succeeded',
        'review escalation (rejections) | End the run | cancelled',
      ].toSorted(),
    );
  });

  test('takes each value of a fact, and goes round as often as it may', () => {
    const facts = { left: { type: 'boolean', means: 'x' }, beside: { type: 'boolean', means: 'nothing' } };
    const definition = define(
      agent('plan'),
      agent('build', {
        with: { role: 'r', facts },
        again: { from: 'plan', when: { fact: 'left', is: true }, atMost: 2 },
      }),
      agent('tidy', { when: { fact: 'left', is: true } }),
    );
    const walked = walkWorkflow(definition, PLUG_INS.stepKinds);
    const edges = edgesOf(walked);
    expect(edges).toContain('build | passed | plan');
    expect(edges).toContain('build | passed | build escalation (rounds)');
    expect(edges).toContain('build | passed; passes over tidy | succeeded');
    expect(edges).toContain('build escalation (rounds) | Go on without another round | tidy');
    const [asked] = walked.situations.filter(({ place }) => place.asks === 'escalation (rounds)');
    const rounds = asked === undefined ? [] : toPath(asked).filter(({ from }) => from.place.name === 'build');
    expect(rounds.map(({ happening }) => happening.detail)).toEqual([
      'left: true',
      'left: true',
      'left: true',
    ]);
  });

  test('says loudly when a run can get stuck, how it gets there, and what is never reached', () => {
    const stepKinds = new Map<string, StepKind>([...PLUG_INS.stepKinds, ['never', never]]);
    const definition = define(
      agent('build'),
      { id: 'judge', kind: 'never', onReject: 'build' },
      agent('tell'),
    );
    expect(complain(walkWorkflow(definition, stepKinds), definition.workflow)).toEqual([
      '',
      'NEVER REACHED: no run comes to the step tell.',
      '',
      expect.stringMatching(
        /^STUCK: from \d+ situations no course leads to success. The first is build, where a run begins\.$/,
      ),
    ]);
  });

  test('says when there was too much to look at', () => {
    const definition = catalog.define('backend-feature');
    const walked = walkWorkflow(definition, catalog.stepKinds, 10);
    expect(complain(walked, definition.workflow).join('')).toMatch(/^STOPPED after 1\d situations/);
  });
});

describe('src/cli/simulate.ts', () => {
  test('tells the ends, a shortest way to each, and what can follow', async () => {
    const { code, out } = await baton(['simulate', 'backend-feature']);
    expect(code).toBe(0);
    expect(out[0]).toMatch(/^backend-feature: \d+ situations walked, \d+ moves between them$/);
    expect(out).toContain('    architecture: passed (dataModelChanges: false) passes over database-design');
    expect(out).toContain('    rejected 1 to 2 times -> architecture');
    expect((await baton(['simulate', 'backend-feature'])).out).toEqual(out);
  });

  test('draws a graph', async () => {
    const { code, out } = await baton(['simulate', 'research', '--mermaid']);
    expect(code).toBe(0);
    expect(out[0]).toBe('flowchart TD');
    const ids = out.flatMap((line) => /^ {2}(?<id>[a-z_0-9]+)[[({]/.exec(line)?.groups?.['id'] ?? []);
    const arrows = out.flatMap((line) => {
      const { from, to } = /^ {2}(?<from>\w+) -- "[^"]+" --> (?<to>\w+)$/.exec(line)?.groups ?? {};
      return [from ?? [], to ?? []].flat();
    });
    expect(ids.length + arrows.length / 2).toBe(out.length - 1);
    expect(new Set(arrows)).toEqual(new Set(ids));
  });

  test('walks the workflow of a repository', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'baton-simulate-'));
    try {
      await mkdir(join(directory, '.github/baton/workflows'), { recursive: true });
      await writeFile(
        join(directory, '.github/baton/workflows/tiny.yaml'),
        'name: tiny\ndescription: x\nsteps:\n  - { id: build, kind: agent, with: { role: implementer } }\n',
      );
      const { code, out } = await baton(['simulate', 'tiny', directory]);
      expect([code, out[0]]).toEqual([0, 'tiny: 7 situations walked, 16 moves between them']);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });

  test.each([
    [['simulate'], 'Name the workflow'],
    [['simulate', 'no-such-workflow'], 'There is no workflow no-such-workflow; there are backend-feature'],
  ])('refuses %j', async (args, why) => {
    const { code, complaint } = await baton(args);
    expect(code).toBe(64);
    expect(complaint).toContain(why);
  });
});
