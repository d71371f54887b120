import { describe, expect, test } from 'vitest';
import { mayBeChosen } from '../../src/catalog/may-be-chosen.ts';
import { PLUG_INS } from '../../src/catalog/plug-ins.ts';
import { readCatalog } from '../../src/catalog/read-catalog.ts';

const { workflows } = await readCatalog({ directory: '.' });

/** The shipped workflows that a step of this one may choose. */
function choosable(name: string): readonly string[] {
  const host = workflows.get(name);
  if (host === undefined) {
    throw new Error(`there is no workflow ${name}`);
  }
  return [...workflows.values()]
    .filter((taken) => mayBeChosen(host, taken, PLUG_INS.stepKinds))
    .map((taken) => taken.name);
}

/** For a member of a team, or a person, to ask for by name. */
const NOT_OFFERED = ['write-spec', 'propose-spec', 'search-code'];
const ABOUT_PULL_REQUESTS = ['review', 'demonstrate', 'review-design'];
const CHOOSING = ['triage', 'long-running-project'];

const PLAIN = [...workflows.keys()].filter(
  (name) => ![...CHOOSING, ...ABOUT_PULL_REQUESTS, ...NOT_OFFERED].includes(name),
);

describe('src/catalog/may-be-chosen.ts', () => {
  test('lets a workflow that only chooses hand over to all for issues, also to one that chooses task by task', () => {
    expect(choosable('triage').toSorted()).toEqual([...PLAIN, 'long-running-project'].toSorted());
  });

  test('puts nothing into a workflow that would choose in its turn, and nothing about pull requests', () => {
    expect(choosable('long-running-project').toSorted()).toEqual(PLAIN.toSorted());
  });
});
