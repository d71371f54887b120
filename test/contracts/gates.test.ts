import { describe, expect, test } from 'vitest';
import { readCatalog } from '../../src/catalog/read-catalog.ts';
import type { CommandResult, Evidence } from '../../src/domain/evidence.ts';
import type { Gate } from '../../src/domain/gate.ts';
import { layOutPhases } from '../../src/domain/spec/lay-out-phases.ts';
import { verdictSchema } from '../../src/domain/verdict.ts';
import { gates as registry } from '../../src/gates/registry.gen.ts';
import { evidenceOf, exited, OVER_LIMIT } from '../support/evidence.ts';
import { aPhase, SPEC_LIMITS } from '../support/phases.ts';
import { findUndescribed } from './schema-of.ts';

const GATES: readonly Gate[] = registry;

const { workflows, stepKinds, profiles } = await readCatalog({ directory: '.' });
/** The steps that a spec comes to are no file, but ours as well. */
const LAID_OUT = layOutPhases(
  [
    aPhase({
      modules: ['api', 'web'],
      testCommand: 'run-tests',
      criteria: [{ kind: 'command', text: 'run-tests', line: 1, command: 'run-tests' }],
      files: [],
    }),
  ],
  SPEC_LIMITS,
);
const USES = [...[...workflows.values()].flatMap(({ steps }) => steps), ...LAID_OUT].flatMap((step) => {
  const kind = stepKinds.get(step.kind);
  return kind === undefined ? [] : kind.gates(kind.options.parse(step.with));
});

const PROFILE = {
  name: 'any',
  when: ['package.json'],
  path: [],
  checks: { tests: { command: 'run-tests' }, benchmark: { command: 'run-tests' } },
};

/** A repository that has all that any profile has. */
const SET_UP = {
  ...PROFILE,
  checks: Object.fromEntries(
    profiles.flatMap(({ checks }) => Object.keys(checks)).map((check) => [check, { command: 'run-tests' }]),
  ),
};

/** What may be written for a gate: nothing, or where it needs options, what a workflow of ours writes. */
function givenTo(gate: Gate): Readonly<Record<string, unknown>> {
  if (gate.options.safeParse({}).success) {
    return {};
  }
  const use = USES.find(({ gate: name }) => name === gate.name);
  if (use === undefined) {
    throw new Error(`${gate.name} needs options; show it in a workflow, or give them defaults`);
  }
  return use.with;
}

function optionsOf(gate: Gate): unknown {
  return gate.options.parse(givenTo(gate));
}

/** Evidence of a change of some size in which whatever a gate reads cannot be read. */
function unreadable(): Evidence {
  function broken(): Promise<never> {
    return Promise.reject(new Error('git: fatal: bad object'));
  }
  return {
    ...evidenceOf({ profile: PROFILE }),
    changedFiles: broken,
    paths: broken,
    addedLines: broken,
    readFile: broken,
    run: broken,
  };
}

const BROKEN_COMMANDS: readonly CommandResult[] = [
  exited(127, 'sh: run-tests: not found'),
  exited(126, 'sh: run-tests: Permission denied'),
  { kind: 'timed-out', output: '', durationMs: 600_000 },
  OVER_LIMIT,
  { kind: 'unavailable', reason: 'bwrap is missing', remedy: 'Install bubblewrap.' },
];

describe.each(GATES)('gate $name', (gate) => {
  test('says in one sentence what it judges', () => {
    expect(gate.summary).toMatch(/^[A-Z].*\.$/s);
    expect(gate.summary).not.toContain('\n');
  });

  test('describes each option', () => {
    expect(findUndescribed(gate.options)).toEqual([]);
  });

  test('refuses an option it does not know', () => {
    const given = { ...givenTo(gate), noSuchOption: true };
    expect(gate.options.safeParse(given).success).toBe(false);
  });

  test('judges an empty change without a throw, and neither fails nor holds it', async () => {
    const change = evidenceOf({ profile: SET_UP, commands: { 'run-tests': exited(0, 'p99: 1 ms') } });
    const verdict = verdictSchema.parse(await gate.judge(change, optionsOf(gate)));
    expect(['pass', 'skip']).toContain(verdict.kind);
  });

  test('says the same twice about the same change', async () => {
    const change = evidenceOf({
      profile: PROFILE,
      files: { 'src/a.ts': { base: 'export const a = 1;\n', head: 'export const a = 2; // TODO\n' } },
      commands: { 'run-tests': exited(1, 'src/a.ts:1: wrong\n') },
    });
    expect(await gate.judge(change, optionsOf(gate))).toEqual(await gate.judge(change, optionsOf(gate)));
  });

  test('never passes when what it reads cannot be read', async () => {
    const verdict = await gate.judge(unreadable(), optionsOf(gate)).catch(() => 'threw' as const);
    expect(verdict === 'threw' ? 'broke' : verdict.kind).toBe('broke');
  });

  test.each(BROKEN_COMMANDS)(
    'never takes a command that broke for an answer: $kind $code',
    async (result) => {
      const evidence = evidenceOf({
        profile: PROFILE,
        files: { 'README.md': { base: 'a\n', head: 'b\n' } },
        commands: { 'run-tests': result },
      });
      let ran = false;
      const watched: Evidence = {
        ...evidence,
        run(command, timeoutMs) {
          ran = true;
          return evidence.run(command, timeoutMs);
        },
      };
      const verdict = await gate.judge(watched, optionsOf(gate));
      // A gate that runs no command is not concerned.
      expect(ran ? verdict.kind : 'broke').toBe('broke');
    },
  );
});
