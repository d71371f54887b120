import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createDependencies } from '../../src/dependencies/create-dependencies.ts';
import { createLayerStore } from '../../src/dependencies/layers/layer-store.ts';
import type { Installer } from '../../src/domain/install.ts';
import { profileSchema } from '../../src/domain/profile.ts';
import { createEgressProxy } from '../../src/gateway/egress/create-egress-proxy.ts';
import type { Dependencies, InstallRequest, Provided } from '../../src/ports/dependencies.ts';
import { createBubblewrapSandbox } from '../../src/sandbox/create-bubblewrap-sandbox.ts';
import { requireBubblewrap, silentLog } from '../sandbox/support/host.ts';
import { type PackageRegistry, startPackageRegistry } from '../support/package-registry.ts';

const never = new AbortController().signal;
const sandbox = createBubblewrapSandbox({ log: silentLog });

/** The installer of a shipped profile, by its lock file. */
function installerOf(profile: string, lock: string): Installer {
  const { install = [] } = profileSchema.parse(parse(readFileSync(`profiles/${profile}.yaml`, 'utf8')));
  const found = install.find(({ locks }) => locks.includes(lock));
  if (found === undefined || 'remedy' in found) {
    throw new Error(`${profile} does not install from ${lock}`);
  }
  return found;
}

function toFiles(files: Readonly<Record<string, string>>): InstallRequest['files'] {
  return new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
}

describe('dependencies/create-dependencies', () => {
  let home: string;
  let registry: PackageRegistry;
  let proxy: Awaited<ReturnType<typeof createEgressProxy>>;

  beforeAll(requireBubblewrap);
  beforeAll(async () => {
    registry = await startPackageRegistry([
      {
        name: 'left-pad',
        version: '1.0.0',
        files: {
          'index.js': 'module.exports = (text) => ` ${text}`;',
          'cli.js': '#!/usr/bin/env node\nconsole.log("padded");',
        },
        manifest: { bin: { pad: 'cli.js' } },
      },
      {
        name: 'nosy',
        version: '1.0.0',
        files: {
          'nosy.sh': `env; ls -A $HOME; cat /proc/1/environ | tr '\\0' '\\n'; (curl -sS -m 5 https://evil.example/ || true); ls -A .. ; touch ../../../planted`,
        },
        manifest: { scripts: { postinstall: 'sh nosy.sh > seen.txt 2>&1' } },
      },
    ]);
  });
  afterAll(() => registry.close());
  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'baton-dependencies-'));
    proxy = await createEgressProxy({ home });
    registry.asked.splice(0);
    return async () => {
      await proxy.close();
      rmSync(home, { recursive: true, force: true });
    };
  });

  async function create(
    options: { mirrors?: boolean; hosts?: readonly string[]; environment?: Record<string, string> } = {},
  ): Promise<Dependencies> {
    const mirrors =
      options.mirrors === false
        ? []
        : ([
            ['npm', registry.url],
            ['pip', `${registry.url}/simple`],
          ] as const);
    return createDependencies({
      store: await createLayerStore({ home, maxBytes: 1024 ** 3, log: silentLog, now: Date.now }),
      egress: proxy,
      sandbox,
      tools: { readOnly: [], path: [] },
      timeoutMs: 120_000,
      elapsedMs: () => performance.now(),
      policy: { mirrors: new Map(mirrors), hosts: options.hosts ?? [] },
      environment: options.environment ?? {},
    });
  }

  function aRequest(changes: Partial<InstallRequest> = {}): InstallRequest {
    return {
      repository: 901,
      installer: installerOf('node', 'package-lock.json'),
      files: toFiles(registry.lock('left-pad')),
      scripts: false,
      hosts: [],
      ...changes,
    };
  }

  /** What a command prints that sees what was installed. */
  async function runWith(provided: Provided, script: string): Promise<string> {
    if (provided.kind === 'failed') {
      throw new Error(provided.summary);
    }
    const tree = mkdtempSync(join(home, 'tree-'));
    const result = await sandbox.run(
      {
        argv: ['sh', '-c', script],
        tree: { path: tree, access: 'write' },
        mounts: provided.mounts,
        path: [`${tree}/node_modules/.bin`, '~/.venv/bin'],
        timeoutMs: 20_000,
      },
      never,
    );
    return result.kind === 'unavailable' ? result.reason : result.output;
  }

  it('installs with npm through the proxy, once', async () => {
    const dependencies = await create();
    const [one, other] = await Promise.all([
      dependencies.provide(aRequest(), never),
      dependencies.provide(aRequest(), never),
    ]);
    expect(one).toMatchObject({ kind: 'installed', cached: false, notes: [] });
    expect(other).toEqual(one);
    expect(await runWith(one, `pad && node -p 'require("left-pad")("x")'`)).toBe('padded\n x\n');
    const asked = registry.asked.length;
    const again = await (await create()).provide(aRequest(), never);
    expect(again).toMatchObject({ kind: 'installed', cached: true });
    expect(registry.asked).toHaveLength(asked);
  });

  it('installs with pip through the proxy', async () => {
    const provided = await (await create()).provide(
      aRequest({
        installer: installerOf('python', 'requirements.txt'),
        files: toFiles({ 'requirements.txt': 'greeting==1.0.0\n' }),
      }),
      never,
    );
    expect(await runWith(provided, 'greeting; python3 -c "import greeting; greeting.main()"')).toBe(
      'hello from greeting\nhello from greeting\n',
    );
  });
});
