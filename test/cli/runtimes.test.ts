import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readPin, readPins } from '../../src/runtimes/packages/pin.ts';
import { requirePackages } from '../../src/runtimes/packages/require-packages.ts';
import { baton, type Ended } from './run-cli.ts';

const [PACKAGE = '', VERSION = ''] = Object.entries(readPin('claude').packages)[0] ?? [];
let directory = '';

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'baton-runtimes-'));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

/** A package of that name and version, as npm would have left it. */
async function plant(version: string): Promise<string> {
  const root = join(directory, 'claude/node_modules', PACKAGE);
  await mkdir(root, { recursive: true });
  await writeFile(join(root, 'package.json'), JSON.stringify({ name: PACKAGE, version }));
  return root;
}

function run(args: readonly string[], place = directory): Promise<Ended> {
  return baton(['runtimes', ...args], directory, { ...process.env, BATON_RUNTIMES: place });
}

describe('src/cli/runtimes', () => {
  test('lists each runtime with its version, its licence, and the line that installs it', async () => {
    const { code, out } = await run([]);
    expect(code).toBe(0);
    for (const { runtime, licence, packages } of readPins()) {
      const text = out.slice(out.findIndex((line) => line.startsWith(`${runtime}:`))).join('\n');
      expect(text).toContain(Object.values(packages)[0]);
      expect(text).toContain(licence);
      expect(text).toContain(`npm run baton -- runtimes install ${runtime}`);
    }
  });

  test('knows what is installed, and takes no other version for it', async () => {
    const root = await plant(VERSION);
    const lines = (await run([])).out;
    expect(lines[lines.findIndex((line) => line.startsWith('claude')) + 2]).toBe('  installed');
    expect(requirePackages('claude', directory)).toEqual({ [PACKAGE]: root });

    await plant('0.0.1');
    const { out } = await run([]);
    expect(out.join('\n')).toContain(
      `${PACKAGE} in ${root} is 0.0.1, and this Baton is tested with ${VERSION}`,
    );
    expect(() => requirePackages('claude', directory)).toThrow(
      /is 0\.0\.1.*Install it with: npm run baton -- runtimes install claude$/,
    );
  });

  test('says so when there can be no place for programs', async () => {
    const { code, complaint } = await run(['install', 'claude'], '/proc/baton');
    expect(code).toBe(1);
    expect(complaint).toMatch(/\/proc\/baton cannot be made: ENOENT.+ set BATON_RUNTIMES to another place/);
  });

  test('says what can be written when it does not understand', async () => {
    for (const args of [['remove', 'claude'], ['install'], ['install', 'replay']]) {
      const { code, complaint } = await run(args);
      expect(code).toBe(64);
      expect(complaint).toContain('runtimes install, and one or more of');
    }
    expect((await run([], 'here')).complaint).toContain('BATON_RUNTIMES must be an absolute path');
  });
});
