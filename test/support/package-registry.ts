import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A package of npm, by its files; `package.json` among them is made when it is not given. */
interface NodePackage {
  readonly name: string;
  readonly version: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly manifest?: Readonly<Record<string, unknown>>;
  /** In place of an archive of the files. */
  readonly tarball?: Buffer;
}

/** As npm's registry tells of it. */
interface Advisory {
  readonly title: string;
  readonly url: string;
  readonly severity: string;
  readonly vulnerable_versions: string;
}

/** Where npm asks for known vulnerabilities. */
export const ADVISORIES = '/-/npm/v1/security/advisories/bulk';

/** A registry of npm and an index of Python packages, on the loopback network. */
export interface PackageRegistry {
  /** By a name: proxies know no addresses. */
  readonly url: string;
  /** `localhost` with its port. */
  readonly host: string;
  /** Paths that were asked for. */
  readonly asked: string[];
  /** What it answers who asks for known vulnerabilities: of packages by their name, or with this status. Nothing is known at first. */
  advisories: Readonly<Record<string, readonly Advisory[]>> | number;
  /** A lock file and its manifest for these packages. */
  lock(...names: string[]): Record<'package.json' | 'package-lock.json', string>;
  /** Directory with the wheels, for pip's `--find-links`. */
  readonly wheels: string;
  close(): Promise<void>;
}

/** Starts a registry that has these packages, and one Python package `greeting` 1.0.0 with a program of that name. */
export async function startPackageRegistry(packages: readonly NodePackage[]): Promise<PackageRegistry> {
  const directory = mkdtempSync(join(tmpdir(), 'baton-registry-'));
  const wheels = join(directory, 'wheels');
  const wheel = buildWheel(wheels);
  const asked: string[] = [];
  const tarballs = new Map(packages.map((one) => [one.name, one.tarball ?? pack(directory, one)]));
  let url = '';

  function answer(incoming: IncomingMessage, response: ServerResponse): void {
    const { url: path = '' } = incoming;
    asked.push(path);
    if (path === ADVISORIES) {
      incoming.resume().once('end', () => tell(response, registry.advisories));
      return;
    }
    const tarball = tarballs.get(/^\/(.+)\/-\//.exec(path)?.[1] ?? '');
    if (tarball !== undefined) {
      response.end(tarball);
    } else if (path === '/simple/greeting/') {
      response.setHeader('content-type', 'text/html');
      response.end(`<a href="/files/${wheel}">${wheel}</a>`);
    } else if (path === `/files/${wheel}`) {
      response.end(readFileSync(join(wheels, wheel)));
    } else {
      response.writeHead(404).end();
    }
  }

  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const host = `localhost:${typeof address === 'object' ? address?.port : ''}`;
  url = `http://${host}`;
  const registry: PackageRegistry = {
    url,
    host,
    asked,
    advisories: {},
    wheels,
    lock: (...names) =>
      toLock(
        packages.filter(({ name }) => names.includes(name)),
        { url, tarballs },
      ),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      rmSync(directory, { recursive: true, force: true });
    },
  };
  return registry;
}

function tell(response: ServerResponse, advisories: PackageRegistry['advisories']): void {
  if (typeof advisories === 'number') {
    response.writeHead(advisories).end('{"error":"out of order"}');
    return;
  }
  const known = Object.entries(advisories).map(([name, all]) => [
    name,
    all.map((one, index) => ({ id: index + 1, cwe: [], cvss: { score: 0 }, ...one })),
  ]);
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(Object.fromEntries(known)));
}

function toLock(
  packages: readonly NodePackage[],
  { url, tarballs }: { url: string; tarballs: ReadonlyMap<string, Buffer> },
): Record<'package.json' | 'package-lock.json', string> {
  const dependencies = Object.fromEntries(packages.map(({ name, version }) => [name, version]));
  const root = { name: 'shop', version: '1.0.0', dependencies };
  const entries = packages.map(({ name, version, manifest = {} }) => [
    `node_modules/${name}`,
    {
      version,
      resolved: `${url}/${name}/-/${name}-${version}.tgz`,
      integrity: `sha512-${createHash('sha512')
        .update(tarballs.get(name) ?? '')
        .digest('base64')}`,
      ...('bin' in manifest ? { bin: manifest['bin'] } : {}),
      ...('scripts' in manifest ? { hasInstallScript: true } : {}),
    },
  ]);
  const lock = {
    ...root,
    lockfileVersion: 3,
    requires: true,
    packages: { '': root, ...Object.fromEntries(entries) },
  };
  return { 'package.json': JSON.stringify(root), 'package-lock.json': JSON.stringify(lock) };
}

function pack(directory: string, { name, version, files = {}, manifest = {} }: NodePackage): Buffer {
  const own = join(directory, name);
  write(join(own, 'package'), {
    'package.json': JSON.stringify({ name, version, ...manifest }),
    ...files,
  });
  return execFileSync('tar', ['-czf', '-', '-C', own, 'package']);
}

function buildWheel(directory: string): string {
  const name = 'greeting-1.0.0-py3-none-any.whl';
  const content = join(directory, 'content');
  write(content, {
    'greeting/__init__.py': 'def main():\n    print("hello from greeting")\n',
    'greeting-1.0.0.dist-info/METADATA': 'Metadata-Version: 2.1\nName: greeting\nVersion: 1.0.0\n',
    'greeting-1.0.0.dist-info/WHEEL':
      'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    'greeting-1.0.0.dist-info/entry_points.txt': '[console_scripts]\ngreeting = greeting:main\n',
    'greeting-1.0.0.dist-info/RECORD':
      'greeting/__init__.py,,\ngreeting-1.0.0.dist-info/METADATA,,\ngreeting-1.0.0.dist-info/WHEEL,,\ngreeting-1.0.0.dist-info/entry_points.txt,,\ngreeting-1.0.0.dist-info/RECORD,,\n',
  });
  execFileSync(
    '/usr/bin/python3',
    ['-m', 'zipfile', '-c', join(directory, name), 'greeting', 'greeting-1.0.0.dist-info'].map((part) =>
      part.startsWith('greeting') ? join(content, part) : part,
    ),
  );
  rmSync(content, { recursive: true });
  return name;
}

function write(directory: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text, { mode: 0o755 });
  }
}
