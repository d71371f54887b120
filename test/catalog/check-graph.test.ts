import { describe, expect, test } from 'vitest';
import { CatalogError } from '../../src/catalog/fault.ts';
import { PLUG_INS } from '../../src/catalog/plug-ins.ts';
import { toCatalog } from '../../src/catalog/to-catalog.ts';
import { cpuMs } from '../support/cpu-ms.ts';

const ROLE = { path: 'roles/r.md', text: '---\nname: r\ndescription: x\n---\nDo.\n' };

/** A step of a role; `facts` are written as they stand in the file. */
function step(id: string, { facts = '{}', more = '' } = {}): string {
  return `  - { id: ${id}, kind: agent, with: { role: r, facts: ${facts} }${more} }\n`;
}

function choice(name: string, ...values: readonly string[]): string {
  return `{ ${name}: { type: string, means: x, oneOf: [${values.join(', ')}] } }`;
}

function faultsOf(...steps: readonly string[]): readonly string[] {
  const text = `name: w\ndescription: x\nsteps:\n${steps.join('')}`;
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

const AREA = choice('area', 'backend', 'database');

describe('src/catalog/check-graph.ts', () => {
  test('lets every branch of a choice be taken', () => {
    expect(
      faultsOf(
        step('look', { facts: AREA }),
        step('backend', {
          facts: '{ deep: { type: boolean, means: x } }',
          more: ', when: { fact: area, is: backend }',
        }),
        step('database', { more: ', when: { fact: area, is: database }' }),
        step('dig', { more: ', when: { fact: deep, is: true }' }),
      ),
    ).toEqual([]);
  });

  test('names a step whose condition a later report always overwrites, and what depends on it', () => {
    expect(
      faultsOf(
        step('look', { facts: AREA }),
        step('narrow', { facts: choice('area', 'queue', 'cache') }),
        step('backend', {
          facts: '{ deep: { type: boolean, means: x } }',
          more: ', when: { fact: area, is: backend }',
        }),
        step('dig', { more: ', when: { fact: deep, is: true }' }),
        step('queue', { more: ', when: { fact: area, is: queue }' }),
      ),
    ).toEqual([
      "workflows/w.yaml:6:104: 'backend' is never done: nothing leads here if area is backend. Change this condition or those before it, or take the step out.",
      "workflows/w.yaml:7:65: 'dig' is never done: deep is reported only by backend, which is never done. Change this condition or those before it, or take the step out.",
    ]);
  });

  test('sees that one answer rules the other out', () => {
    const narrowed = step('narrow', {
      facts: choice('area', 'queue', 'cache'),
      more: ', when: { fact: area, is: backend }',
    });
    const [fault] = faultsOf(
      step('look', { facts: AREA }),
      narrowed,
      step('backend', { more: ', when: { fact: area, is: backend }' }),
      step('database', { more: ', when: { fact: area, is: database }' }),
    );
    expect(fault).toContain("'backend' is never done");
    expect(
      faultsOf(
        step('look', { facts: AREA }),
        narrowed,
        step('q', { more: ', when: { fact: area, is: queue }' }),
      ),
    ).toEqual([]);
  });

  const TASKS = '{ tasksLeft: { type: boolean, means: x } }';

  test('lets a loop be that can begin and end', () => {
    const more = ', again: { from: build, when: { fact: tasksLeft, is: true }, atMost: 9 }';
    expect(faultsOf(step('plan'), step('build', { facts: TASKS }), step('look', { more }))).toEqual([]);
    expect(faultsOf(step('plan'), step('build'), step('look', { facts: TASKS, more }))).toEqual([]);
  });

  test('names a loop that nothing in it can end', () => {
    const more = ', again: { from: build, when: { fact: tasksLeft, is: true }, atMost: 9 }';
    expect(faultsOf(step('plan', { facts: TASKS }), step('build'), step('look', { more }))).toEqual([
      "workflows/w.yaml:6:88: no step from 'build' to 'look' reports tasksLeft again, so this goes round until a person is asked. Let one of them report tasksLeft, or go back to a step that does.",
    ]);
  });

  test('names a loop that never begins', () => {
    const more =
      ', when: { fact: area, is: backend }, again: { from: look, when: { fact: area, is: database }, atMost: 9 }';
    expect(faultsOf(step('look', { facts: AREA }), step('backend', { more }))).toEqual([
      "workflows/w.yaml:5:125: 'backend' never goes back to 'look': nothing leads here if area is database. Change this condition, or take `again` out.",
    ]);
  });

  test('names what goes back to no earlier step, on a fact that nobody reports', () => {
    const more = ', again: { from: later, when: { fact: tasksLeft, is: true }, atMost: 9 }';
    expect(faultsOf(step('look', { more }), step('later'))).toEqual([
      "workflows/w.yaml:4:75: again names 'later', which is no earlier step. There is none to choose from; take it out.",
      'workflows/w.yaml:4:88: the condition depends on tasksLeft, which no earlier step reports. Let an earlier agent step report it under `with.facts`.',
    ]);
  });

  test('takes a rejection that goes on about a pull request only, and keeps its word for it', () => {
    const review = '  - { id: review, kind: review, onReject: go-on, with: { role: r } }\n';
    const judged = [step('look'), review, 'subject: pull-request\n'];
    expect(faultsOf(...judged)).toEqual([]);
    expect(faultsOf(...judged.slice(0, 2))).toEqual([
      "workflows/w.yaml:5:43: what 'review' rejects would be proposed all the same. Name the earlier step that mends it, or make `subject` pull-request.",
    ]);
    expect(faultsOf(step('go-on'), review)).toEqual([
      "workflows/w.yaml:4:11: 'go-on' cannot be the id of a step, because onReject has a meaning for it. Give the step another id.",
    ]);
  });

  test('says nothing where numbers and texts are open', () => {
    const facts = '{ files: { type: number, means: x }, word: { type: string, means: x } }';
    expect(
      faultsOf(
        step('look', { facts }),
        step('three', { more: ', when: { fact: files, is: 3 }' }),
        step('yes', { more: ', when: { fact: word, is: yes }' }),
      ),
    ).toEqual([]);
  });

  test('says nothing where there is too much to look at, and takes no time for it', () => {
    const many = Array.from({ length: 40 }, (_, index) => `f${index}: { type: boolean, means: x }`).join(
      ', ',
    );
    const chain = Array.from({ length: 39 }, (_, index) =>
      step(`s${index}`, {
        facts: `{ f${index + 1}: { type: boolean, means: x } }`,
        more: `, when: { fact: f${index}, is: true }`,
      }),
    );
    const startedMs = cpuMs();
    expect(faultsOf(step('look', { facts: `{ ${many} }` }), ...chain)).toEqual([]);
    expect(cpuMs() - startedMs).toBeLessThan(2000);
  });
});
