import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCatalog } from '../../src/catalog/read-catalog.ts';
import type { CheckEgress } from '../../src/domain/check-egress.ts';
import type { Evidence } from '../../src/domain/evidence.ts';
import type { Verdict } from '../../src/domain/verdict.ts';
import { gate } from '../../src/gates/command.ts';
import { createEgressProxy } from '../../src/gateway/egress/create-egress-proxy.ts';
import { openEvidence } from '../../src/orchestration/open-evidence.ts';
import { readChangeOnce } from '../../src/orchestration/read-change-once.ts';
import { createBubblewrapSandbox } from '../../src/sandbox/create-bubblewrap-sandbox.ts';
import { openProcessHome, type ProcessHome } from '../../src/workspace/process-home.ts';
import { openExcerpt } from '../../src/workspace/trees/open-excerpt.ts';
import { readWrittenFile } from '../../src/workspace/trees/read-written-file.ts';
import { requireBubblewrap, silentLog } from '../sandbox/support/host.ts';
import { createInMemoryWorkspace } from '../support/in-memory-workspace.ts';
import { ADVISORIES, type PackageRegistry, startPackageRegistry } from '../support/package-registry.ts';
import { aRunningRun } from '../support/runs.ts';

const CRITICAL = {
  title: 'it pads too much',
  url: 'https://github.com/advisories/GHSA-1',
  severity: 'critical',
  vulnerable_versions: '<2.0.0',
};

let registry: PackageRegistry;
/** Says of every package that nothing is known against it. */
let evil: PackageRegistry;
let directory: string;
let home: ProcessHome;
const { profiles } = await readCatalog({ directory: '.' });

beforeAll(async () => {
  await requireBubblewrap();
  const packages = [{ name: 'left-pad', version: '1.0.0' }];
  [registry, evil] = [await startPackageRegistry(packages), await startPackageRegistry(packages)];
  directory = mkdtempSync(join(tmpdir(), 'baton-egress-'));
  home = await openProcessHome(directory);
});
afterAll(async () => {
  await home.close();
  await registry.close();
  await evil.close();
  rmSync(directory, { recursive: true, force: true });
});

/** Real evidence of a commit with these files, on a server with these mirrors. */
async function withEvidence<Result>(
  files: Readonly<Record<string, string>>,
  work: (evidence: Evidence) => Promise<Result>,
  mirrors: Readonly<Record<string, string | null>> = { npm: registry.url },
): Promise<Result> {
  const known = createInMemoryWorkspace();
  for (const [path, text] of Object.entries(files)) {
    known.files.set(path, Buffer.from(text));
  }
  const egress = await createEgressProxy({
    home: directory,
    policy: { mirrors: new Map(Object.entries(mirrors)), hosts: [] },
  });
  const run = aRunningRun();
  const evidence = await openEvidence(
    run,
    { gate: 'audit', signal: new AbortController().signal },
    {
      workspace: {
        ...known,
        openExcerpt: (commit, given) => openExcerpt(home, commit, given),
        readWritten: (tree, path, maxBytes) => readWrittenFile(tree.path, path, maxBytes),
      },
      reading: readChangeOnce(run, known),
      egress,
      sandbox: createBubblewrapSandbox({ log: silentLog }),
      provide: () => Promise.reject(new Error('nothing has to be installed for a question about names')),
      profiles,
      tools: { readOnly: [], path: [] },
    },
  );
  try {
    return await work(evidence);
  } finally {
    await evidence.close();
    await egress.close();
  }
}

function audit(files: Readonly<Record<string, string>>, mirrors?: Record<string, string | null>) {
  return withEvidence(
    files,
    (evidence) => gate.judge(evidence, gate.options.parse({ check: 'audit', required: true })),
    mirrors,
  );
}

/** The same packages, asked for to build and test alone. */
function toDevelopment(files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      path,
      text
        .replaceAll('"dependencies"', '"devDependencies"')
        .replaceAll('"node_modules/left-pad":{', '"node_modules/left-pad":{"dev":true,'),
    ]),
  );
}

describe('orchestration/run-with-egress, by npm audit', () => {
  it('fails for what is known, with how bad it is', async () => {
    registry.advisories = { 'left-pad': [CRITICAL] };
    registry.asked.splice(0);
    expect(await audit(registry.lock('left-pad'))).toMatchObject({
      kind: 'fail',
      findings: [
        {
          message: expect.stringMatching(/^left-pad .*critical: it pads too much https:.*GHSA-1/),
          severity: 'error',
          danger: 'critical',
        },
      ],
      ofItsDay: true,
    });
    expect(registry.asked).toContain(ADVISORIES);
  });

  it('passes what nothing is known against', async () => {
    registry.advisories = {};
    expect(await audit(registry.lock('left-pad'))).toMatchObject({
      kind: 'pass',
      summary: expect.stringMatching(/^audit passed in/),
    });
  });

  it.each([
    ['answers 500', 500, /npm says: 500 Internal Server Error/],
    ['knows no such question', 404, /npm says: 404 Not Found/],
  ])('is broken, and may be tried again, when the registry %s', async (_, status, message) => {
    registry.advisories = status;
    const verdict = await audit(registry.lock('left-pad'));
    expect(verdict).toMatchObject({
      kind: 'broke',
      summary: expect.stringMatching(message),
      remedy: expect.stringMatching(/retry the run.*`npm-audit=off` in BATON_REGISTRIES/),
    });
    expect(verdict).not.toHaveProperty('permanent');
  });

  it('is broken when nobody is there', async () => {
    const nobody = await startPackageRegistry([]);
    await nobody.close();
    expect(await audit(registry.lock('left-pad'), { npm: nobody.url })).toMatchObject({
      kind: 'broke',
      summary: expect.stringContaining(
        `audit could not ask npm-audit: ${nobody.host} could not be reached: ECONNREFUSED.`,
      ),
    });
  });

  it('is left out, with a word, where the operator has switched it off', async () => {
    registry.advisories = { 'left-pad': [CRITICAL] };
    expect(await audit(registry.lock('left-pad'), { 'npm-audit': null, npm: registry.url })).toEqual({
      kind: 'skip',
      summary: 'The operator has switched off the registry npm-audit.',
    });
  });

  it.each<[string, (files: Record<string, string>) => Record<string, string>]>([
    ['another registry', (files) => ({ ...files, '.npmrc': `registry=${evil.url}\n` })],
    [
      'a proxy',
      (files) => ({ ...files, '.npmrc': `proxy=${evil.url}\nhttps-proxy=${evil.url}\nnoproxy=*\n` }),
    ],
    ['no audit', (files) => ({ ...files, '.npmrc': 'audit=false\noffline=true\naudit-level=none\n' })],
    ['packages to leave out', (files) => ({ ...toDevelopment(files), '.npmrc': 'omit[]=dev\n' })],
    [
      'another registry for what is published',
      (files) => ({
        ...files,
        'package.json': JSON.stringify({
          ...JSON.parse(files['package.json'] ?? ''),
          publishConfig: { registry: evil.url },
          config: { registry: evil.url },
          scripts: { preaudit: 'exit 0', audit: 'true' },
        }),
      }),
    ],
    [
      'packages of another host',
      (files) => ({
        ...files,
        'package-lock.json': (files['package-lock.json'] ?? '').replaceAll(registry.url, evil.url),
      }),
    ],
  ])('hostile: a change that names %s reaches nobody else and is told what is known', async (_, change) => {
    registry.advisories = { 'left-pad': [CRITICAL] };
    evil.asked.splice(0);
    const verdict: Verdict = await audit(change(registry.lock('left-pad')));
    expect(verdict).toMatchObject({ kind: 'fail', findings: [{ danger: 'critical' }] });
    expect(evil.asked).toEqual([]);
  });

  it('hostile: a lock file that cannot be read, or is gone, is no pass', async () => {
    registry.advisories = {};
    const files = registry.lock('left-pad');
    expect(await audit({ ...files, 'package-lock.json': '{' })).toMatchObject({ kind: 'broke' });
    expect(await audit({ 'package.json': files['package.json'] })).toMatchObject({
      kind: 'broke',
      remedy: expect.stringMatching(/^Commit a lock file/),
    });
  });

  it('has nothing to say where no package is asked for', async () => {
    expect(await audit({ 'package.json': '{ "name": "shop" }' })).toEqual({
      kind: 'skip',
      summary: 'package.json asks for no package.',
    });
  });
});

describe('orchestration/run-with-egress, by a program in Python', () => {
  function ask(script: string, files: Readonly<Record<string, string>> = {}) {
    const egress: CheckEgress = {
      registry: { name: 'osv', variable: 'OSV_URL', hosts: ['osv.example'] },
      files: ['requirements.txt'],
      installed: false,
      environment: { ASKING: 'yes' },
    };
    const command = `/usr/bin/python3 -c '${script}'`;
    return withEvidence(files, (evidence) => evidence.run(command, { timeoutMs: 20_000, on: { egress } }), {
      osv: registry.url,
    });
  }

  it('reaches the mirror by the proxy that it is told of', async () => {
    registry.asked.splice(0);
    const script =
      'import os, urllib.request as r; print(r.urlopen(os.environ["OSV_URL"] + "/simple/greeting/").status, os.environ["ASKING"])';
    expect(await ask(script)).toMatchObject({ kind: 'exited', code: 0, output: '200 yes\n' });
    expect(registry.asked).toEqual(['/simple/greeting/']);
  });

  it('reaches no other host, and says which it was', async () => {
    evil.asked.splice(0);
    const result = await ask(`import urllib.request as r; r.urlopen("${evil.url}/simple/greeting/")`);
    expect(result).toMatchObject({
      kind: 'exited',
      code: 1,
      inVain: [`${evil.host} was refused: it is not on the list of hosts`],
    });
    expect(evil.asked).toEqual([]);
  });

  it('goes no way but by the proxy', async () => {
    evil.asked.splice(0);
    const script = `import urllib.request as r; r.build_opener(r.ProxyHandler({})).open("${evil.url}/")`;
    expect(await ask(script)).toMatchObject({ code: 1, output: expect.stringContaining('refused') });
    expect(evil.asked).toEqual([]);
  });

  it('sees the files that are named, in any directory, and nothing else of the commit', async () => {
    const files = {
      'requirements.txt': 'a',
      'parts/one/requirements.txt': 'b',
      'parts/one/secrets.txt': 'c',
      'app/main.py': 'd',
      'node_modules/x/requirements.txt': 'e',
    };
    const script =
      'import os; print(sorted(f"{at}/{name}" for at, _, names in os.walk(".") for name in names))';
    expect(await ask(script, files)).toMatchObject({
      output: "['./parts/one/requirements.txt', './requirements.txt']\n",
    });
  });
});
