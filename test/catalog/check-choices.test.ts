import { describe, expect, test } from 'vitest';
import { CatalogError } from '../../src/catalog/fault.ts';
import { PLUG_INS } from '../../src/catalog/plug-ins.ts';
import { toCatalog } from '../../src/catalog/to-catalog.ts';

const ROLE = { path: 'roles/r.md', text: '---\nname: r\ndescription: x\n---\nDo.\n' };
const CHOICE = '{ id: choice, kind: choose-workflow, with: { role: r } }';
const PROPOSAL = '{ id: pull-request, kind: pull-request }';

function agent(id: string): string {
  return `{ id: ${id}, kind: agent, with: { role: r } }`;
}

function faultsOf(workflows: Readonly<Record<string, readonly string[]>>): readonly string[] {
  const files = Object.entries(workflows).map(([name, steps]) => ({
    path: `workflows/${name}.yaml`,
    text: `name: ${name}\ndescription: x\nsteps:\n${steps.map((step) => `  - ${step}\n`).join('')}`,
  }));
  try {
    toCatalog({ workflows: files, roles: [ROLE], profiles: [] }, PLUG_INS);
  } catch (error) {
    if (error instanceof CatalogError) {
      return error.message.split('\n');
    }
    throw error;
  }
  return [];
}

describe('src/catalog/check-choices.ts', () => {
  test('lets workflows share ids that are never put together', () => {
    expect(faultsOf({ one: [agent('build')], two: [agent('build')], triage: [CHOICE] })).toEqual([]);
  });

  test('names a step that could stand twice, in the later of the two files', () => {
    const message = "has a step 'choice' too, and one of the two can be put into the other by a choice";
    expect(faultsOf({ triage: [CHOICE], own: [agent('build'), agent('choice')] })).toEqual([
      `workflows/own.yaml:5:11: triage ${message}. Give the step another id.`,
    ]);
    expect(faultsOf({ own: [agent('choice')], triage: [CHOICE] })).toEqual([
      `workflows/triage.yaml:4:11: own ${message}. Give the step another id.`,
    ]);
  });

  test('knows that only one of them opens the pull request', () => {
    const own = [agent('build'), PROPOSAL];
    expect(faultsOf({ own, triage: [CHOICE, agent('tell'), PROPOSAL] })).toEqual([]);
    expect(faultsOf({ own, triage: [PROPOSAL, CHOICE] })).toHaveLength(1);
  });
});
