import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const COPIED = [
  'src',
  'scripts',
  'workflows',
  'roles',
  'profiles',
  'docs/reference',
  'schemas',
  'app.yml',
  'package.json',
  'tsconfig.json',
  'biome.json',
  'knip.jsonc',
  '.oxlintrc.json',
  '.dependency-cruiser.cjs',
];

/** A copy of the project in which faults can be planted. */
export interface ProjectCopy {
  write(files: Readonly<Record<string, string>>): Promise<void>;
  read(path: string): Promise<string>;
  /** Runs a program of the project's own; returns all it printed and its exit code. */
  run(
    program: string,
    ...argv: readonly string[]
  ): Promise<{ readonly code: number; readonly output: string }>;
  remove(): Promise<void>;
}

export async function copyProject(): Promise<ProjectCopy> {
  const directory = await mkdtemp(join(tmpdir(), 'baton-copy-'));
  for (const path of COPIED) {
    await cp(join(ROOT, path), join(directory, path), { recursive: true });
  }
  await symlink(join(ROOT, 'node_modules'), join(directory, 'node_modules'));
  return {
    async write(files) {
      for (const [path, text] of Object.entries(files)) {
        await mkdir(dirname(join(directory, path)), { recursive: true });
        await writeFile(join(directory, path), text);
      }
    },
    read: (path) => readFile(join(directory, path), 'utf8'),
    run: (program, ...argv) => run(directory, program, argv),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

function run(
  cwd: string,
  program: string,
  argv: readonly string[],
): Promise<{ readonly code: number; readonly output: string }> {
  const file = program === 'node' ? process.execPath : join(ROOT, 'node_modules/.bin', program);
  const path = `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`;
  return new Promise((settle) => {
    const options = { cwd, env: { ...process.env, PATH: path, NO_COLOR: '1' }, maxBuffer: 64 * 1024 * 1024 };
    const child = execFile(file, [...argv], options, (_error, stdout, stderr) => {
      settle({ code: child.exitCode ?? -1, output: stdout + stderr });
    });
  });
}
