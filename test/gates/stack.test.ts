import { describe, expect, test } from 'vitest';
import { gate } from '../../src/gates/stack.ts';
import { evidenceOf } from '../support/evidence.ts';

/** The rules of the delivery pipeline's own example. */
const RULES = {
  languages: { python: '3.11' },
  frameworks: ['fastapi'],
  forbidden: ['flask'],
  secretStore: 'azure-key-vault',
};

const GOOD = {
  'pyproject.toml':
    '[project]\nrequires-python = ">=3.11,<3.12"\ndependencies = ["FastAPI>=0.1", "azure-keyvault-secrets"]\n',
  Dockerfile: 'FROM python:3.11-slim\n',
};

function judge(files: Readonly<Record<string, string>>, rules: unknown = RULES) {
  const heads = Object.entries(files).map(([path, head]) => [path, { head }]);
  return gate.judge(evidenceOf({ files: Object.fromEntries(heads) }), gate.options.parse({ rules }));
}

describe('src/gates/stack.ts', () => {
  test('passes what keeps to the rules', async () => {
    expect(await judge(GOOD)).toMatchObject({ kind: 'pass' });
  });

  test('reads each stage of an image, and says when there are too many manifests', async () => {
    const stages = { ...GOOD, Dockerfile: 'FROM python:3.11 AS build\nFROM python:3.9-slim\n' };
    expect(await judge(stages)).toMatchObject({ kind: 'fail', findings: [{ path: 'Dockerfile' }] });
    const many = Array.from({ length: 1_000 }, (_, index) => [`a${index}/package.json`, '{}']);
    expect(await judge({ ...GOOD, ...Object.fromEntries(many) })).toMatchObject({
      kind: 'fail',
      findings: [{ message: expect.stringContaining('too many manifests') }],
    });
  });

  test('names all that does not', async () => {
    const files = {
      'pyproject.toml': '[project]\nrequires-python = ">=3.9"\ndependencies = ["Flask"]\n',
      'docker/Dockerfile.api': 'FROM docker.io/python:3.12\n',
    };
    expect(await judge(files)).toMatchObject({
      kind: 'fail',
      findings: [
        {
          path: 'pyproject.toml',
          message: 'pyproject.toml says python >=3.9; this repository is built with 3.11.',
        },
        { path: 'docker/Dockerfile.api', message: expect.stringContaining('python 3.12;') },
        { message: 'No manifest asks for fastapi, which this repository is built with. Use it.' },
        { path: 'pyproject.toml', message: 'flask must not be used here. Take it out of pyproject.toml.' },
        { message: expect.stringContaining('azure-keyvault-secrets or @azure/keyvault-secrets') },
      ],
    });
  });

  test.each([
    [{ node: '24' }, { '.nvmrc': 'v24.1.0\n' }, 'pass'],
    [{ node: '24' }, { 'package.json': '{ "engines": { "npm": "11", "node": ">=22" } }' }, 'fail'],
    [{ go: '1.22' }, { 'go.mod': 'module a\n\ngo 1.22.3\n' }, 'pass'],
    [{ go: '1.2' }, { 'go.mod': 'module a\n\ngo 1.22.3\n' }, 'fail'],
    [{ python: '3.11' }, { '.python-version': '3.11.7\n' }, 'pass'],
    [{ python: '3.11' }, { 'README.md': 'Python 3.11\n' }, 'fail'],
  ])('reads versions: %o of %o', async (languages, files, kind) => {
    expect(await judge(files, { languages })).toMatchObject({ kind });
  });

  test('does not apply without rules', async () => {
    expect(await judge(GOOD, {})).toMatchObject({ kind: 'skip' });
  });

  test('does not pass a manifest that cannot be read', async () => {
    expect(await judge({ ...GOOD, 'package.json': '{' })).toMatchObject({
      findings: [{ path: 'package.json', message: expect.stringContaining('cannot be read') }],
    });
  });
});
