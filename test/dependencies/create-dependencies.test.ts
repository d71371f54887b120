import { execFile } from 'node:child_process';
import { readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createInstallBench, installerOf, runWith, toFiles } from './install-bench.ts';

const never = new AbortController().signal;

describe('dependencies/create-dependencies', () => {
  const bench = createInstallBench();
  beforeAll(() => bench.open());
  afterAll(() => bench.close());
  beforeEach(() => bench.renew());

  it('installs with npm through the proxy, once', async () => {
    const dependencies = await bench.create();
    const [one, other] = await Promise.all([
      dependencies.provide(bench.request(), never),
      dependencies.provide(bench.request(), never),
    ]);
    expect(one).toMatchObject({ kind: 'installed', cached: false, notes: [] });
    expect(other).toEqual(one);
    expect(await runWith(bench.home, one, `pad && node -p 'require("left-pad")("x")'`)).toBe('padded\n x\n');
    const asked = bench.registry.asked.length;
    const again = await (await bench.create()).provide(bench.request(), never);
    expect(again).toMatchObject({ kind: 'installed', cached: true });
    expect(bench.registry.asked).toHaveLength(asked);
  });

  it('installs with pip through the proxy', async () => {
    const provided = await (await bench.create()).provide(
      bench.request({
        installer: installerOf('python', 'requirements.txt'),
        files: toFiles({ 'requirements.txt': 'greeting==1.0.0\n' }),
      }),
      never,
    );
    expect(
      await runWith(bench.home, provided, 'greeting; python3 -c "import greeting; greeting.main()"'),
    ).toBe('hello from greeting\nhello from greeting\n');
  });

  it.each([
    ['npm', 'node', 'package-lock.json'],
    ['pip', 'python', 'requirements.txt'],
  ])('does the same by the same command without a network: %s', async (_, profile, lock) => {
    const files =
      lock === 'requirements.txt' ? { [lock]: 'greeting==1.0.0\n' } : bench.registry.lock('left-pad');
    const request = bench.request({ installer: installerOf(profile, lock), files: toFiles(files) });
    const cache = join(bench.home, 'npm-cache');
    const tarball = `${bench.registry.url}/left-pad/-/left-pad-1.0.0.tgz`;
    await promisify(execFile)('npm', ['cache', 'add', tarball, '--cache', cache]);
    const offline = {
      PIP_NO_INDEX: '1',
      PIP_FIND_LINKS: bench.registry.wheels,
      npm_config_offline: 'true',
      npm_config_cache: cache,
    };
    bench.registry.asked.splice(0);
    const dependencies = await bench.create({
      environment: offline,
      readOnly: [bench.registry.wheels, cache],
    });
    const provided = await dependencies.provide(request, never);
    expect(provided).toMatchObject({ kind: 'installed', notes: [] });
    expect(await runWith(bench.home, provided, 'pad || greeting')).toMatch(
      /^padded$|hello from greeting\n$/m,
    );
    expect(bench.registry.asked).toEqual([]);
  });

  it('installs for every package of a workspace', async () => {
    const { 'package.json': manifest, 'package-lock.json': lock } = bench.registry.lock('left-pad');
    const own = { name: 'own', version: '1.0.0', dependencies: { 'left-pad': '1.0.0' } };
    const root = { ...JSON.parse(manifest), workspaces: ['packages/*'] };
    const { packages, ...rest } = JSON.parse(lock);
    const whole = {
      ...rest,
      packages: {
        ...packages,
        '': root,
        'packages/own': own,
        'node_modules/own': { resolved: 'packages/own', link: true },
        'packages/own/node_modules/left-pad': packages['node_modules/left-pad'],
      },
    };
    const provided = await (await bench.create()).provide(
      bench.request({
        files: toFiles({
          'package.json': JSON.stringify(root),
          'package-lock.json': JSON.stringify(whole),
          'packages/own/package.json': JSON.stringify(own),
        }),
      }),
      never,
    );
    expect(provided).toMatchObject({
      kind: 'installed',
      mounts: [{ at: 'node_modules' }, { at: 'packages/own/node_modules' }],
    });
    const script = `mkdir -p packages/own && echo 'module.exports = require("left-pad")("own")' > packages/own/index.js &&
      node -p 'require("own")'`;
    expect(await runWith(bench.home, provided, script)).toBe(' own\n');
  });

  it('installs anew what has changed on the disk', async () => {
    const provided = await (await bench.create()).provide(bench.request(), never);
    const [mount] = provided.kind === 'installed' ? provided.mounts : [];
    const file = join(mount?.source ?? '', 'left-pad/index.js');
    const { atime, mtime, size } = statSync(file);
    writeFileSync(file, 'x'.repeat(size));
    utimesSync(file, atime, mtime);
    const next = await (await bench.create()).provide(bench.request(), never);
    expect(next).toMatchObject({ kind: 'installed', cached: false });
    expect(await runWith(bench.home, next, `node -p 'require("left-pad")("x")'`)).toBe(' x\n');
  });

  it.each([
    ['repository', { repository: 902 }],
    ['permission for scripts', { scripts: true }],
    ['manifest', { files: toFiles({ 'requirements.txt': '' }) }],
  ])('keeps what differs in its %s apart', async (_, changes) => {
    const dependencies = await bench.create();
    await dependencies.provide(bench.request(), never);
    const other = await dependencies.provide(bench.request(changes), never);
    expect(other.kind === 'installed' && other.cached).toBe(false);
  });

  it('says which program is missing', async () => {
    const installer = installerOf('node', 'pnpm-lock.yaml');
    const missing = { ...installer, toolchain: 'no-such-program --version' };
    expect(await (await bench.create()).provide(bench.request({ installer: missing }), never)).toMatchObject({
      kind: 'failed',
      summary: expect.stringContaining('no-such-program'),
      remedy: expect.stringContaining('BATON_TOOLS'),
    });
  });

  it('goes on for whoever still waits, and leaves nothing half made', async () => {
    const dependencies = await bench.create();
    const leaving = new AbortController();
    const left = dependencies.provide(bench.request(), leaving.signal);
    const stays = dependencies.provide(bench.request(), never);
    setImmediate(() => leaving.abort());
    await expect(left).rejects.toThrow(/abort/);
    expect(await stays).toMatchObject({ kind: 'installed' });
    const alone = new AbortController();
    const given = dependencies.provide(bench.request({ repository: 77 }), alone.signal);
    setTimeout(() => alone.abort(), 50);
    await expect(given).rejects.toThrow(/abort/);
    await expect.poll(() => readdirSync(join(bench.home, 'layers-making'))).toEqual([]);
    expect(readdirSync(join(bench.home, 'layers'))).toHaveLength(1);
  });
});
