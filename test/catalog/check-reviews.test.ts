import { describe, expect, test } from 'vitest';
import { CatalogError } from '../../src/catalog/fault.ts';
import { PLUG_INS } from '../../src/catalog/plug-ins.ts';
import { toCatalog } from '../../src/catalog/to-catalog.ts';

const ROLE = { path: 'roles/r.md', text: '---\nname: r\ndescription: x\n---\nDo.\n' };
const FACTS = '{ large: { type: boolean, means: it is large } }';

function review(id: string, files = ''): string {
  return `{ id: ${id}, kind: review, with: { role: r${files === '' ? '' : `, files: ['${files}']`} } }`;
}

function sideBySide(...steps: readonly string[]): string {
  return `{ id: reviews, kind: parallel, with: { steps: [${steps.join(', ')}] } }`;
}

function faultsOf(...steps: readonly string[]): string {
  const first = `{ id: plan, kind: agent, with: { role: r, facts: ${FACTS} } }`;
  const text = `name: one\ndescription: x\nsteps:\n${[first, ...steps].map((step) => `  - ${step}\n`).join('')}`;
  try {
    toCatalog({ workflows: [{ path: 'workflows/one.yaml', text }], roles: [ROLE], profiles: [] }, PLUG_INS);
  } catch (error) {
    if (error instanceof CatalogError) {
      return error.message;
    }
    throw error;
  }
  return '';
}

const FAULT = expect.stringMatching(
  /^workflows\/one\.yaml:5:\d+: every reviewer looks at some `files` only, so nobody looks at the rest of a change\. Give one reviewer no `files`, and no `when`\.$/,
);

describe('src/catalog/check-reviews.ts', () => {
  test('lets reviewers share the files when one of them looks at all', () => {
    expect(faultsOf(sideBySide(review('a', 'src/**'), review('b')))).toBe('');
    expect(faultsOf(sideBySide(review('a', 'src/**'), review('b', 'docs/**')), review('c'))).toBe('');
    expect(faultsOf(review('a'))).toBe('');
  });

  test('refuses a workflow in which nobody looks at the rest', () => {
    expect(faultsOf(sideBySide(review('a', 'src/**'), review('b', 'docs/**')))).toEqual(FAULT);
    expect(faultsOf(review('a', '**'))).toEqual(FAULT);
  });

  test('does not rely on a reviewer who may be passed over', () => {
    const maybe = '{ id: b, kind: review, when: { fact: large, is: true }, with: { role: r } }';
    expect(faultsOf(review('a', 'src/**'), maybe)).toEqual(FAULT);
  });
});
