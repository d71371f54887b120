import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { baton } from './run-cli.ts';

let directory = '';

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'baton-check-'));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), text);
  }
}

const OWN_WORKFLOW = `name: release
description: Makes a release.
steps:
  - { id: build, kind: agent, with: { role: baker } }
`;

describe('src/cli/check.ts', () => {
  test('finds the server’s own files right, and says what is there', async () => {
    const { code, out } = await baton(['check']);
    expect(code).toBe(0);
    expect(out[0]).toBe('The files of the server are right.');
    expect(out.join('\n')).toMatch(
      /^\d+ workflows: .*backend-feature.*\n\d+ roles: .*implementer.*\n\d+ gates: /m,
    );
    expect(out).toContain('  baton:research -> research');
  });

  test('prints every fault at once, each with a path that leads there from here', async () => {
    await write({
      '.github/baton.yml': 'labels: { bug: fixit }\ntriage: { minConfidence: high }\n',
      '.github/baton/workflows/release.yaml': OWN_WORKFLOW,
    });
    const { code, out } = await baton(['check', directory]);
    expect(code).toBe(1);
    expect(out.map((line) => line.slice(0, line.indexOf('. ')))).toEqual([
      `${directory}/.github/baton.yml:1:16: there is no workflow 'fixit'`,
      `${directory}/.github/baton.yml:2:26: \`triage.minConfidence\` is wrong: Invalid input: expected number, received string`,
      `${directory}/.github/baton/workflows/release.yaml:4:45: there is no role 'baker'`,
    ]);
    const nearby = await baton(['check', relative(process.cwd(), directory)]);
    expect(nearby.out[0]).toMatch(/^\.\..*\/\.github\/baton\.yml:1:16: /);
  });

  test('checks the current directory when it has something of its own, else the server alone', async () => {
    expect((await baton(['check'], directory)).out[0]).toBe('The files of the server are right.');
    await write({
      '.github/baton.yml': 'labels: { Bug: release }\n',
      '.github/baton/workflows/release.yaml': OWN_WORKFLOW,
      '.github/baton/roles/baker.md': '---\nname: baker\ndescription: Bakes.\n---\nBake.\n',
    });
    const { code, out } = await baton(['check'], directory);
    expect(code).toBe(0);
    expect(out.slice(-2)).toEqual(['labels that choose one when nobody named it:', '  Bug -> release']);
    expect(out).toContain('  baton:release -> release');
  });

  test('does not follow links, which are not followed in a commit either', async () => {
    await write({ 'elsewhere/broken.yaml': 'name: [\n', 'elsewhere/settings.yml': 'colour: red\n' });
    await mkdir(join(directory, '.github/baton/roles'), { recursive: true });
    await symlink(join(directory, 'elsewhere'), join(directory, '.github/baton/workflows'));
    await symlink(join(directory, 'elsewhere/settings.yml'), join(directory, '.github/baton.yml'));
    await symlink('/etc/passwd', join(directory, '.github/baton/roles/passwd.md'));
    const { code, out } = await baton(['check', directory]);
    expect([code, out[0]]).toEqual([0, `${directory} and the server's files are right.`]);
  });
});

describe('src/cli.ts', () => {
  test.each([
    ['check', '--help'],
    ['help', 'check'],
  ])('explains one command with %j', async (...args) => {
    const { code, out } = await baton(args);
    expect(code).toBe(0);
    expect(out.join('\n')).toMatch(/^ {2}check \[directory\]\n.+$/);
  });

  test.each([[], ['--help'], ['-h'], ['help']])('explains itself with %j', async (...args) => {
    const { code, out } = await baton(args);
    expect(code).toBe(0);
    expect(out.join('\n')).toMatch(/^npm run baton -- <command>\n[^]+\n {2}check \[directory\]\n/);
  });

  test.each([
    [['chek'], 'There is no command chek.'],
    [['constructor'], 'There is no command constructor.'],
    [['check', '--colour'], "Unknown option '--colour'."],
    [['check', '.', 'again'], "Nothing is known about 'again' here."],
    [['check', '/no/such/directory'], 'There is no directory /no/such/directory.'],
  ])('refuses %j, and says what can be written', async (args, why) => {
    const { code, complaint } = await baton(args);
    expect(code).toBe(64);
    expect(complaint).toMatch(/^[^\n]+\n\n(?:[^]+\n)? {2}check \[directory\]\n/);
    expect(complaint.split('\n')[0]).toBe(why);
    expect(complaint).not.toContain('    at ');
  });
});
