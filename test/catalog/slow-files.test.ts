import { describe, expect, test } from 'vitest';
import { checkDataFiles } from '../../src/catalog/check-data-files.ts';
import type { CatalogFault } from '../../src/catalog/fault.ts';
import { PLUG_INS } from '../../src/catalog/plug-ins.ts';
import { cpuMs } from '../support/cpu-ms.ts';

/** A file of a repository may be so long. */
const SIZE = 64 * 1024;
const HEAD = 'name: slow\ndescription: x\nsteps:\n';

function faultsOf(steps: string): readonly CatalogFault[] {
  const workflows = [{ path: 'workflows/slow.yaml', text: HEAD + steps }];
  return checkDataFiles({ workflows, profiles: [], roles: [] }, PLUG_INS, null).faults;
}

function keys(size: number): string {
  return Array.from({ length: size / 8 }, (_, index) => `a${index}: 1`).join(', ');
}

// How long it takes depends on the machine; what is not linear takes many times as long for these.
describe('src/catalog: small files that are full of faults', () => {
  test.each([
    ['steps of unknown keys', '- {a: 1}\n'.repeat(SIZE / 9)],
    ['a step of many unknown keys', `- { id: a, kind: agent, ${keys(SIZE)} }\n`],
    [
      'a gate of many unknown options',
      `- { id: a, kind: gates, with: { gates: [{ gate: plan, with: { ${keys(SIZE)} } }] } }\n`,
    ],
  ])('%s are told of in time, the first hundred by name', (_, steps) => {
    const started = cpuMs();
    const faults = faultsOf(steps);
    expect(cpuMs() - started).toBeLessThan(15_000);
    expect(faults).toHaveLength(101);
    expect(faults.at(-1)?.message).toMatch(/\d+ more faults are not listed$/);
    expect(faults.at(-1)?.remedy).toMatch(/^Correct the others first\./);
  });
});
