import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readCatalog } from '../../src/catalog/read-catalog.ts';

const catalog = await readCatalog({ directory: '.' });

function namesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .map((file) => basename(basename(file, '.md'), '.yaml'))
    .toSorted();
}

describe('workflows', () => {
  test('are all in the catalog', () => {
    expect([...catalog.workflows.keys()].toSorted()).toEqual(namesIn('workflows'));
  });

  test.each([...catalog.workflows.values()])('$name can be defined, started and finished', (workflow) => {
    const definition = catalog.define(workflow.name);
    expect(definition.workflow).toMatchObject(workflow);
    expect(catalog.workflowForLabel(`baton:${workflow.name}`)).toBe(workflow);
    expect(workflow.description).toMatch(/\.\s*$/);
  });

  test.each([...catalog.workflows.values()])(
    '$name judges what it writes before it proposes it',
    ({ steps }) => {
      const kinds = steps.map(({ kind, with: options }) =>
        kind === 'agent' && options['access'] === 'write' ? 'write' : kind,
      );
      const lastWrite = kinds.lastIndexOf('write');
      const proposal = kinds.indexOf('pull-request');
      if (lastWrite !== -1 && proposal !== -1) {
        expect(kinds.slice(lastWrite, proposal)).toContain('gates');
      }
    },
  );
});

describe('roles', () => {
  test('are all in the catalog', () => {
    expect([...catalog.roles.keys()].toSorted()).toEqual(namesIn('roles'));
  });

  test.each([...catalog.roles.values()])(
    '$name has a brief that a person can read in a minute or two',
    (role) => {
      const text = readFileSync(`roles/${role.name}.md`, 'utf8');
      expect(text.split('\n').length).toBeLessThanOrEqual(120);
      expect(role.description).toMatch(/\.$/);
    },
  );
});

describe('profiles', () => {
  test('are all in the catalog', () => {
    expect(catalog.profiles.map(({ name }) => name)).toEqual(namesIn('profiles'));
  });
});
