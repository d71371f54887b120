import { describe, expect, it } from 'vitest';
import type { Install } from '../../src/domain/install.ts';
import { installSchema } from '../../src/domain/install.ts';
import { provideDependencies } from '../../src/orchestration/provide-dependencies.ts';
import { provideOnce } from '../../src/orchestration/provide-once.ts';
import { readOverlay } from '../../src/orchestration/read-overlay.ts';
import { withDependencies } from '../../src/orchestration/with-dependencies.ts';
import type { Dependencies, InstallRequest, Provided } from '../../src/ports/dependencies.ts';
import type { SandboxedCommand } from '../../src/ports/sandbox.ts';
import { exited } from '../support/evidence.ts';
import { createInMemoryWorkspace } from '../support/in-memory-workspace.ts';
import { sha } from '../support/orders.ts';
import { aRunningRun } from '../support/runs.ts';

const NPM: Install = installSchema.parse({
  locks: ['package-lock.json', 'npm-shrinkwrap.json'],
  from: ['package.json'],
  command: 'npm ci',
  toolchain: 'npm --version',
  into: ['node_modules'],
  registry: { name: 'npm', variable: 'npm_config_registry', hosts: ['registry.npmjs.org'] },
  withoutScripts: {},
});
const PROFILE = {
  name: 'node',
  when: ['package.json'],
  path: ['node_modules/.bin', '~/.venv/bin'],
  install: [NPM, { locks: ['bun.lock'], remedy: 'Use npm.' }],
  checks: {},
};
const MOUNT = { source: '/layers/1', at: 'node_modules', access: 'read' } as const;
const INSTALLED: Provided = { kind: 'installed', mounts: [MOUNT], cached: true, durationMs: 1, notes: [] };
const FAILED: Provided = { kind: 'failed', summary: 'No.', remedy: 'Retry.', retriable: true };
const { signal } = new AbortController();

function setUp(files: Readonly<Record<string, string>>, provided: Provided | Error = INSTALLED) {
  const workspace = createInMemoryWorkspace();
  for (const [path, text] of Object.entries({ 'package.json': '{}', ...files })) {
    workspace.files.set(path, Buffer.from(text));
  }
  const asked: InstallRequest[] = [];
  const warned: string[] = [];
  const dependencies: Dependencies = {
    async provide(request) {
      asked.push(request);
      if (provided instanceof Error) {
        throw provided;
      }
      return provided;
    },
  };
  const log = {
    debug: () => undefined,
    info: () => undefined,
    error: () => undefined,
    warn: (_: unknown, message: string) => void warned.push(message),
  };
  const desk = { workspace, dependencies, profiles: [PROFILE], log };
  const run = aRunningRun();
  return {
    asked,
    warned,
    desk,
    provide: (
      changes: Partial<typeof run.settings.install> = {},
      profile: typeof PROFILE | null = PROFILE,
    ) => {
      const install = { ...run.settings.install, ...changes };
      const changed = { ...run, settings: { ...run.settings, install } };
      return provideDependencies(changed, { commit: sha('d'), profile }, { desk, signal });
    },
    overlay: (stop = signal) =>
      readOverlay(
        run,
        { path: '/trees/1', commit: sha('d'), close: () => Promise.resolve() },
        { desk, signal: stop },
      ),
  };
}

describe('orchestration/provide-dependencies', () => {
  it('hands over the lock file and every manifest of the commit, and what the base allows', async () => {
    const { provide, asked } = setUp({
      'npm-shrinkwrap.json': 'lock',
      'packages/a/package.json': '{"name":"a"}',
      'vendor/node_modules/b/package.json': '{}',
      'src/index.ts': '',
    });
    expect(await provide({ scripts: true, hosts: ['a.example'] })).toBe(INSTALLED);
    const [request] = asked;
    expect(request).toMatchObject({ installer: NPM, scripts: true, hosts: ['a.example'] });
    expect([...(request?.files.keys() ?? [])].toSorted()).toEqual([
      'npm-shrinkwrap.json',
      'package.json',
      'packages/a/package.json',
    ]);
  });

  it.each([
    ['no lock file', {}, {}, PROFILE],
    ['no profile', { 'package-lock.json': '{}' }, {}, null],
    ['a repository that does not want it', { 'package-lock.json': '{}' }, { enabled: false }, PROFILE],
  ])('installs nothing for %s', async (_, files, changes, profile) => {
    const { provide, asked } = setUp(files);
    expect(await provide(changes, profile)).toBeNull();
    expect(asked).toEqual([]);
  });

  it('goes on with a run that began before there were such settings', async () => {
    const { desk, asked } = setUp({ 'package-lock.json': '{}' });
    const run = aRunningRun();
    const { install: _, ...settings } = run.settings;
    const old = JSON.parse(JSON.stringify({ ...run, settings }));
    const request = { commit: sha('d'), profile: PROFILE };
    expect(await provideDependencies(old, request, { desk, signal })).toBe(INSTALLED);
    expect(asked).toMatchObject([{ scripts: false, hosts: [] }]);
  });

  it('installs nothing where there is no sandbox', async () => {
    const { desk } = setUp({ 'package-lock.json': '{}' });
    const request = { commit: sha('d'), profile: PROFILE };
    const without = { ...desk, dependencies: null };
    expect(await provideDependencies(aRunningRun(), request, { desk: without, signal })).toBeNull();
  });

  it('says what to do instead about a lock file that it does not install from', async () => {
    expect(await setUp({ 'bun.lock': '' }).provide()).toEqual({
      kind: 'failed',
      summary: 'Nothing can be installed from bun.lock.',
      remedy: 'Use npm.',
      retriable: false,
    });
  });

  it('reads no more manifests than any repository has use for', async () => {
    const many = Array.from({ length: 2_001 }, (_, index) => [`p${index}/package.json`, '{}']);
    const { provide, asked } = setUp({ 'package-lock.json': '', ...Object.fromEntries(many) });
    expect(await provide()).toMatchObject({
      kind: 'failed',
      summary: expect.stringContaining('2002 manifests'),
    });
    expect(asked).toEqual([]);
  });
});

describe('orchestration/provide-once', () => {
  it('asks once for each commit', async () => {
    const asked: string[] = [];
    const provide = provideOnce(async ({ commit }) => {
      asked.push(commit);
      return FAILED;
    });
    for (const commit of [sha('a'), sha('b'), sha('a')]) {
      expect(await provide({ commit, profile: null })).toBe(FAILED);
    }
    expect(asked).toEqual([sha('a'), sha('b')]);
  });
});

describe('orchestration/read-overlay', () => {
  it('has what was installed, and where its programs are', async () => {
    expect(await setUp({ 'package-lock.json': '' }).overlay()).toEqual({
      mounts: [MOUNT],
      path: ['/trees/1/node_modules/.bin', '~/.venv/bin'],
    });
  });

  it.each([
    ['nothing is installed', {}, INSTALLED, 0],
    ['it fails', { 'package-lock.json': '' }, FAILED, 1],
    ['it cannot be found out', { 'package-lock.json': '' }, new Error('git broke'), 1],
  ])('is empty when %s', async (_, files, provided, warnings) => {
    const { overlay, warned } = setUp(files, provided);
    expect(await overlay()).toEqual({ mounts: [], path: [] });
    expect(warned).toHaveLength(warnings);
  });

  it('ends with the attempt', async () => {
    const { overlay } = setUp({ 'package-lock.json': '' }, new Error('ended'));
    await expect(overlay(AbortSignal.abort())).rejects.toThrow(/abort/);
  });
});

describe('orchestration/with-dependencies', () => {
  it('shows it to the commands of this tree, and asks when the first one starts', async () => {
    const commands: Partial<SandboxedCommand>[] = [];
    let reads = 0;
    const process = { ended: Promise.resolve(exited(0)) };
    const sandbox = withDependencies(
      {
        kind: 'bubblewrap',
        async run(command) {
          commands.push(command);
          return exited(0);
        },
        async start(command) {
          commands.push(command);
          return {
            ...process,
            send: () => undefined,
            lines: (async function* () {})(),
            end: async () => undefined,
          };
        },
      },
      '/trees/1',
      async () => {
        reads += 1;
        return { mounts: [MOUNT], path: ['/trees/1/node_modules/.bin'] };
      },
    );
    const command: SandboxedCommand = {
      argv: ['true'],
      tree: { path: '/trees/2', access: 'read' },
      path: ['/opt/tools'],
      timeoutMs: 1,
    };
    await sandbox.run(command, signal);
    expect(reads).toBe(0);
    const here = { ...command, tree: { path: '/trees/1', access: 'write' } } as const;
    await sandbox.run(here, signal);
    await sandbox.start(here, signal);
    expect(reads).toBe(1);
    const shown = { mounts: [MOUNT], path: ['/trees/1/node_modules/.bin', '/opt/tools'] };
    expect(commands).toMatchObject([{ path: ['/opt/tools'] }, shown, shown]);
    expect(commands[0]).not.toHaveProperty('mounts');
  });
});
