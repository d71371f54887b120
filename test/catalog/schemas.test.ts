import { readdirSync, readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { toNameOfFile } from '../../src/catalog/check-data-files.ts';
import { parseRepositorySettings } from '../../src/catalog/parse-repository-settings.ts';
import { readCatalog } from '../../src/catalog/read-catalog.ts';
import { readDataFiles } from '../../src/catalog/read-data-files.ts';

const SCHEMAS = readdirSync('schemas').toSorted();
// Unknown keywords and formats are faults. Unions of types are not: a fact may be a boolean, a number or a string.
const ajv = new Ajv({ strict: true, strictTypes: false, allErrors: true });

function schemaOf(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(`schemas/${name}`, 'utf8'));
}

function compile(kind: string): ValidateFunction {
  return ajv.getSchema(kind) ?? ajv.compile({ ...schemaOf(`${kind}.schema.json`), $id: kind });
}

function faultsOf(kind: string, text: string): readonly string[] {
  const validate = compile(kind);
  validate(parse(text));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** The front matter of a role, the whole of any other file. */
function dataOf(folder: string, file: string): string {
  const text = readFileSync(`${folder}/${file}`, 'utf8');
  return folder === 'roles' ? (text.split(/^---$/m)[1] ?? '') : text;
}

const SHIPPED = [
  ['workflows', 'workflow'],
  ['roles', 'role'],
  ['profiles', 'profile'],
].flatMap(([folder = '', kind = '']) => readdirSync(folder).map((file) => ({ folder, kind, file })));

describe('schemas', () => {
  test('are there for each data file and for the settings of a repository', () => {
    expect(SCHEMAS).toEqual([
      'baton.schema.json',
      'profile.schema.json',
      'role.schema.json',
      'workflow.schema.json',
    ]);
  });

  test.each(SCHEMAS)('%s is a draft-7 schema with a title', (name) => {
    const schema = schemaOf(name);
    expect(schema['$schema']).toBe('http://json-schema.org/draft-07/schema#');
    expect(schema['title']).toMatch(/^[A-Z]/);
    expect(ajv.validateSchema(schema)).toBe(true);
  });

  test.each(SHIPPED)('take $folder/$file', ({ folder, kind, file }) => {
    expect(faultsOf(kind, dataOf(folder, file))).toEqual([]);
  });

  test.each(['reference/repository-settings', 'guides/configure-a-repository'])(
    'take the example of docs/%s.md, and so does Baton',
    async (page) => {
      const text = readFileSync(`docs/${page}.md`, 'utf8');
      const example = /^ *```yaml\n(?<text>.*?)^ *```/ms.exec(text)?.groups?.['text'] ?? '';
      const { workflows } = await readDataFiles('.');
      const subjects = new Map(workflows.map((file) => [toNameOfFile(file), 'issue'] as const));
      const choosable = { roles: (await readCatalog({ directory: '.' })).roles, offer: null };
      expect(Object.keys(parse(example))).toContain('labels');
      expect(faultsOf('baton', example)).toEqual([]);
      expect(
        parseRepositorySettings({ path: 'baton.yml', text: example }, { subjects, choosable }).faults,
      ).toEqual([]);
    },
  );

  test.each([
    ['workflow', 'name: x\ndescription: x\nsteps: [{ id: a, kind: dream }]\n', '/steps/0/kind'],
    ['workflow', 'name: x\ndescription: x\nsteps: [{ id: a, kind: agent }]\n', "required property 'with'"],
    [
      'workflow',
      'name: x\ndescription: x\nsteps: [{ id: a, kind: agent, with: { role: r, acess: read } }]\n',
      '/steps/0/with must NOT have additional properties',
    ],
    ['role', 'name: r\ndescription: x\ntools: Read, Fly\n', '/tools'],
    ['profile', 'name: x\nwhen: go.mod\nchecks: {}\n', '/when must be array'],
    ['baton', 'triage: { minConfidence: 2 }\n', '/triage/minConfidence must be <= 1'],
    ['baton', 'colour: red\n', 'must NOT have additional properties'],
    ['baton', 'labels: { bug: Not A Name }\n', '/labels/bug must match pattern'],
  ])('refuse a %s that says %j', (kind, text, fault) => {
    expect(faultsOf(kind, text).join('\n')).toContain(fault);
  });

  test('offer a default for each setting of a repository', () => {
    const { properties } = schemaOf('baton.schema.json');
    expect(Object.values(properties ?? {}).filter((key) => !Object.hasOwn(key, 'default'))).toEqual([]);
  });
});
