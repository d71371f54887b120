import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readCatalog } from '../../src/catalog/read-catalog.ts';
import { gate } from '../../src/gates/checks-set-up.ts';
import { gate as command } from '../../src/gates/command.ts';
import { evidenceOf } from '../support/evidence.ts';

const { profiles, workflows } = await readCatalog({ directory: '.' });
const CHECKS = ['collect', 'lint', 'types', 'tests', 'format', 'dead-code', 'coverage', 'security', 'audit'];

function evidenceIn(profile: string, files: Readonly<Record<string, string>>) {
  const same = Object.entries(files).map(([path, text]) => [path, { base: text, head: text }] as const);
  return evidenceOf({
    profile: profiles.find(({ name }) => name === profile) ?? null,
    files: Object.fromEntries(same),
  });
}

function judge(profile: string, files: Readonly<Record<string, string>>) {
  return gate.judge(evidenceIn(profile, files), gate.options.parse({ checks: CHECKS }));
}

describe('src/gates/checks-set-up.ts', () => {
  test('tells all that a repository lacks at once, with the line that installs it', async () => {
    const manifest =
      '{ "scripts": { "test": "node --test", "lint": "biome lint" }, "dependencies": { "a": "1" } }';
    const verdict = await judge('node', { 'package.json': manifest });
    expect(verdict).toMatchObject({
      kind: 'broke',
      summary: '7 of 9 checks are not set up: collect, types, format, dead-code, coverage, security, audit.',
      permanent: true,
    });
    const lines = verdict.kind === 'broke' ? (verdict.evidence ?? '').split('\n') : [];
    expect(lines).toHaveLength(7);
    expect(lines[3]).toBe(
      'dead-code: The base commit has none of the script `dead-code`, the script `knip`, the script `check:dead-code`, `knip`. ' +
        'Add a `dead-code` script to package.json, or knip (`npm install --save-dev knip`).',
    );
    for (const line of lines) {
      expect(line).toMatch(/(?:npm|pip) install|git commit/);
    }
  });

  test.each([
    ['python', { 'pyproject.toml': '' }, /^lint: ruff is not set up.*pip install ruff/],
    ['go', { 'go.mod': 'module a' }, /^lint: golangci is not set up/],
    ['rust', { 'Cargo.toml': '' }, /^collect: No profile fits.*`script`/],
  ])('does so in every kind of repository: %s', async (profile, files, first) => {
    const verdict = await judge(profile, files);
    expect(verdict).toMatchObject({ kind: 'broke', evidence: expect.stringMatching(first) });
  });

  test('passes what is set up, and what there is nothing to check of', async () => {
    const packages = ['vitest', '@biomejs/biome', 'typescript', 'knip', '@vitest/coverage-v8'];
    const devDependencies = Object.fromEntries(
      [...packages, 'eslint-plugin-security'].map((name) => [name, '1']),
    );
    const files = {
      'package.json': JSON.stringify({ devDependencies }),
      'package-lock.json': '{}',
      'tsconfig.json': '{}',
    };
    expect(await judge('node', files)).toEqual({ kind: 'pass', summary: '9 checks are set up.' });
  });

  test('looks for all that the delivery pipeline requires, and nothing that it does not', () => {
    const definition = workflows.get('delivery')?.steps ?? [];
    const uses = z
      .array(z.object({ gate: z.string(), with: z.record(z.string(), z.unknown()).default({}) }))
      .parse(definition.flatMap((step) => (step.kind === 'gates' ? Object(step.with).gates : [])));
    const required = uses.flatMap(({ gate: name, with: given }) =>
      name === 'command' && given['required'] === true ? [given['check']] : [],
    );
    const looked = uses.find(({ gate: name }) => name === 'checks-set-up')?.with['checks'];
    expect(new Set(z.array(z.string()).parse(looked))).toEqual(new Set(required));
  });

  test.each(CHECKS)('a gate that requires %s never passes without it', async (check) => {
    const evidence = evidenceIn('node', { 'package.json': '{ "dependencies": { "a": "1" } }' });
    expect(await command.judge(evidence, command.options.parse({ check, required: true }))).toMatchObject({
      kind: 'broke',
      remedy: expect.stringMatching(/npm install.* on the default branch, then start another run/),
      permanent: true,
    });
    expect(await command.judge(evidence, command.options.parse({ check }))).toMatchObject({
      kind: 'skip',
      summary: expect.stringContaining('npm install'),
    });
  });
});
