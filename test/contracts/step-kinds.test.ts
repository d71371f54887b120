import { describe, expect, test } from 'vitest';
import { readCatalog } from '../../src/catalog/read-catalog.ts';
import type { StepKind } from '../../src/domain/step-kind.ts';
import { stepKinds as registry } from '../../src/steps/registry.gen.ts';
import { findUndescribed } from './schema-of.ts';

const STEP_KINDS: readonly StepKind[] = registry;
const { workflows } = await readCatalog({ directory: '.' });
const STEPS = [...workflows.values()].flatMap(({ steps }) => steps);

describe.each(STEP_KINDS)('step kind $name', (kind) => {
  test('says in whole sentences what it does', () => {
    expect(kind.summary).toMatch(/^[A-Z].*\.$/s);
  });

  test('describes each option', () => {
    expect(findUndescribed(kind.options)).toEqual([]);
  });

  test('refuses an option it does not know', () => {
    const result = kind.options.safeParse({ noSuchOption: true });
    expect(result.error?.issues.some(({ code }) => code === 'unrecognized_keys')).toBe(true);
  });

  test('names the same role, gates and earlier steps each time it is asked', () => {
    for (const step of STEPS.filter((one) => one.kind === kind.name)) {
      const options = kind.options.parse(step.with);
      expect(kind.role(options)).toBe(kind.role(options));
      expect(kind.gates(options)).toEqual(kind.gates(options));
      expect(kind.earlierSteps(options)).toEqual(kind.earlierSteps(options));
    }
  });
});
