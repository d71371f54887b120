import { describe, expect, test } from 'vitest';
import { CatalogError } from '../../src/catalog/fault.ts';
import { PLUG_INS } from '../../src/catalog/plug-ins.ts';
import { toCatalog } from '../../src/catalog/to-catalog.ts';

const ROLE = { path: 'roles/r.md', text: '---\nname: r\ndescription: Does it.\n---\nDo it.\n' };

function faultsOf(steps: string, subject = 'pull-request'): readonly string[] {
  const text = `name: w\ndescription: x\nsubject: ${subject}\nsteps:\n${steps}`;
  try {
    toCatalog({ workflows: [{ path: 'workflows/w.yaml', text }], roles: [ROLE], profiles: [] }, PLUG_INS);
  } catch (error) {
    if (error instanceof CatalogError) {
      return error.message.split('\n');
    }
    throw error;
  }
  return [];
}

const READS = '  - { id: look, kind: agent, with: { role: r } }\n';

describe('src/catalog/check-subject', () => {
  test.each([
    ['writes', '  - { id: build, kind: agent, with: { role: r, access: write } }\n', 'writes or proposes'],
    ['proposes', `${READS}  - { id: build, kind: pull-request }\n`, 'writes or proposes'],
    ['chooses', '  - { id: build, kind: choose-workflow, with: { role: r } }\n', 'chooses a workflow'],
  ])('a workflow about a pull request that %s is refused', (_what, steps, why) => {
    expect(faultsOf(steps)).toEqual([expect.stringContaining(`'build' ${why}`)]);
    expect(faultsOf(steps, 'issue')).toEqual([]);
  });

  test('one that only judges is not', () => {
    expect(
      faultsOf(
        `${READS}  - { id: both, kind: parallel, with: { steps: [{ id: a, kind: review, with: { role: r } }, { id: b, kind: agent, with: { role: r } }] } }\n`,
      ).filter((fault) => fault.includes('only judges')),
    ).toEqual([]);
  });

  test('there is no third subject', () => {
    expect(faultsOf(READS, 'commit')).toEqual([expect.stringMatching(/subject.*issue, pull-request/s)]);
  });
});
