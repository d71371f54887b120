import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createInstallBench, installerOf, runWith, toFiles } from './install-bench.ts';

const never = new AbortController().signal;

describe('dependencies: hostile packages', () => {
  const bench = createInstallBench();
  beforeAll(() => bench.open());
  afterAll(() => bench.close());
  beforeEach(() => bench.renew());

  it('lets no command change what the next one finds', async () => {
    const provided = await (await bench.create()).provide(bench.request(), never);
    const attack = `echo 'module.exports = () => "poison"' > node_modules/left-pad/index.js
      rm -rf node_modules; mv node_modules away; ln -s /tmp node_modules/x
      echo poison > node_modules/.cache/x; chmod -R 777 node_modules`;
    await runWith(bench.home, provided, attack);
    const next = await (await bench.create()).provide(bench.request(), never);
    expect(next).toMatchObject({ cached: true });
    expect(
      await runWith(bench.home, next, `ls -A node_modules/.cache; node -p 'require("left-pad")("x")'`),
    ).toBe(' x\n');
  });

  it('runs nothing of a package unless the base allows it, and then shows it nothing', async () => {
    const request = bench.request({ files: toFiles(bench.registry.lock('nosy')) });
    const quiet = await (await bench.create()).provide(request, never);
    const look = 'cat node_modules/nosy/seen.txt';
    expect(await runWith(bench.home, quiet, look)).toContain('No such file');
    process.env['BATON_TEST_SECRET'] = 'canary-1234';
    const provided = await (await bench.create()).provide({ ...request, scripts: true }, never);
    delete process.env['BATON_TEST_SECRET'];
    const seen = await runWith(bench.home, provided, look);
    expect(seen).toContain('npm_lifecycle_event=postinstall');
    expect(seen).not.toMatch(/canary-1234|PRIVATE_KEY|WEBHOOK_SECRET|TOKEN=./);
    expect(provided).toMatchObject({
      notes: ['evil.example:443 was refused: it is not on the list of hosts'],
    });
    expect(existsSync(join(bench.home, 'planted'))).toBe(false);
  });

  it.each([
    [
      'another host',
      (lock: string) => lock.replace(bench.registry.url, 'https://evil.example'),
      'evil.example:443',
    ],
    ['an address', (lock: string) => lock.replace('localhost', '127.0.0.1'), '127.0.0.1'],
  ])('takes no package from %s', async (_, change, host) => {
    const files = bench.registry.lock('left-pad');
    const changed = { ...files, 'package-lock.json': change(files['package-lock.json']) };
    const provided = await (await bench.create()).provide(bench.request({ files: toFiles(changed) }), never);
    expect(provided).toMatchObject({ kind: 'failed', retriable: false });
    expect(provided.kind === 'failed' && provided.summary).toContain(host);
    expect(bench.registry.asked).toEqual([]);
  });

  it('takes no package whose content is not what the lock file says', async () => {
    const files = bench.registry.lock('left-pad');
    const lock = files['package-lock.json'].replace(/sha512-....../, 'sha512-AAAAAA');
    const provided = await (await bench.create()).provide(
      bench.request({
        files: toFiles({ ...files, 'package-lock.json': lock, '.npmrc': 'fetch-retries=0\n' }),
      }),
      never,
    );
    expect(provided).toMatchObject({ kind: 'failed', output: expect.stringContaining('EINTEGRITY') });
  });

  it('writes nothing outside for an archive with ways out', async () => {
    const provided = await (await bench.create()).provide(
      bench.request({ files: toFiles(bench.registry.lock('escaping')) }),
      never,
    );
    const found = execFileSync('find', [bench.home, '-name', 'escaped*'], { encoding: 'utf8' });
    expect(found.split('\n').filter((path) => path !== '' && !path.includes('/node_modules/'))).toEqual([]);
    expect(existsSync('/tmp/escaped-absolute')).toBe(false);
    expect(provided.kind).toBe('installed');
  });

  it('follows no link that an installation leaves in the place of a directory', async () => {
    const outside = mkdtempSync(join(bench.home, 'outside-'));
    for (const command of [
      `ln -s ${outside} node_modules`,
      `rm -r packages && ln -s ${outside} packages`,
      'mkfifo pipe && mkdir -p node_modules && mv pipe node_modules',
    ]) {
      mkdirSync(join(outside, 'own/node_modules'), { recursive: true });
      const installer = { ...installerOf('node', 'package-lock.json'), command };
      const files = toFiles({ 'package.json': '{}', 'packages/own/package.json': '{}' });
      const provided = await (await bench.create()).provide(bench.request({ installer, files }), never);
      expect(provided).toMatchObject({ kind: 'failed', summary: expect.stringContaining('cannot be used') });
      expect(existsSync(join(outside, 'own/node_modules'))).toBe(true);
    }
  });

  it('gives up on a registry that only drips, and says that it may go better', async () => {
    const slow = createServer((_, response) => void response.write('x')).listen(0, '127.0.0.1');
    await once(slow, 'listening');
    const address = slow.address();
    const url = `http://localhost:${typeof address === 'object' ? address?.port : ''}`;
    const files = bench.registry.lock('left-pad');
    const lock = files['package-lock.json'].replaceAll(bench.registry.url, url);
    const dependencies = await bench.create({
      mirrors: false,
      limits: { silenceMs: 100 },
      hosts: [url.slice('http://'.length)],
    });
    const provided = await dependencies.provide(
      bench.request({
        files: toFiles({ ...files, 'package-lock.json': lock, '.npmrc': 'fetch-retries=0\n' }),
        hosts: [url.slice('http://'.length)],
      }),
      never,
    );
    slow.closeAllConnections();
    slow.close();
    expect(provided).toMatchObject({ kind: 'failed', retriable: true });
    expect(provided.kind === 'failed' && provided.summary).toMatch(/cut off: nothing came for too long/);
  });

  it('refuses hosts that the operator has not allowed, before anything runs', async () => {
    const provided = await (await bench.create()).provide(
      bench.request({ hosts: ['files.example.com'] }),
      never,
    );
    expect(provided).toMatchObject({
      kind: 'failed',
      summary: expect.stringContaining('files.example.com:443'),
      retriable: false,
    });
  });

  it('ends an installation before the disk is full', async () => {
    const dependencies = await bench.create({ readFree: () => Promise.resolve(0.04) });
    const installer = { ...installerOf('node', 'package-lock.json'), command: 'sleep 60' };
    expect(await dependencies.provide(bench.request({ installer }), never)).toMatchObject({
      kind: 'failed',
      summary: expect.stringContaining('nearly full'),
    });
  });
});
