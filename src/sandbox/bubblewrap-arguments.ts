import { join, resolve } from 'node:path';
import type { Mount, SandboxedCommand } from '../ports/sandbox.ts';
import type { Hidden } from './find-hidden.ts';
import type { HostLayout } from './read-host-layout.ts';
import { HOME, inHome } from './sandbox-environment.ts';

/** The files of `/etc` that programs want; these tell nothing about the host. */
const OWN_ETC = ['passwd', 'group', 'hosts', 'nsswitch.conf'];
/** What is taken from the host's `/etc`, where it exists: no secrets, no names of people. Private keys lie beside these. */
const HOST_ETC = [
  '/etc/alternatives',
  '/etc/ssl/certs',
  '/etc/ssl/openssl.cnf',
  '/etc/pki/tls/certs',
  '/etc/pki/tls/cert.pem',
  '/etc/pki/tls/openssl.cnf',
  '/etc/pki/ca-trust/extracted',
  '/etc/ca-certificates',
  '/etc/ld.so.cache',
  '/etc/ld.so.conf',
  '/etc/ld.so.conf.d',
  '/etc/mime.types',
  '/etc/localtime',
];

const SHM_BYTES = 256 * 1024 ** 2;

/** What one command needs besides the host. */
export interface SandboxPlan {
  readonly command: Pick<SandboxedCommand, 'tree' | 'readOnly' | 'mounts'>;
  /** Of the tree. */
  readonly hidden: readonly Hidden[];
  readonly environment: Readonly<Record<string, string>>;
  readonly host: HostLayout;
  /** Whether further user namespaces can be switched off here. */
  readonly disableUserNamespaces: boolean;
  readonly tmpBytes: number;
}

/**
 * The arguments of bubblewrap up to the command. Order matters: later mounts lie on earlier ones, so the private
 * directories come before the binds that may lie inside them, and the root is closed last.
 */
export function toBubblewrapArguments(plan: SandboxPlan): readonly string[] {
  return [
    ...toIsolation(plan.disableUserNamespaces),
    ...toSystem(plan.host),
    ...toPrivateDirectories(String(plan.tmpBytes)),
    ...toBinds(plan),
    // The root and /dev are in memory: writable, they would be a way past the size limits.
    ['--remount-ro', '/dev'],
    ['--remount-ro', '/'],
    ['--chdir', plan.command.tree.path],
    ['--clearenv'],
    ...Object.entries(plan.environment).map(([name, value]) => ['--setenv', name, value]),
  ].flat();
}

/** Options with their operands. */
type Options = readonly (readonly string[])[];

function toIsolation(disableUserNamespaces: boolean): Options {
  return [
    ['--unshare-all', '--unshare-user'],
    disableUserNamespaces ? ['--disable-userns'] : [],
    ['--uid', '1000', '--gid', '1000'],
    ['--hostname', 'sandbox'],
    ['--die-with-parent', '--new-session'],
    ['--cap-drop', 'ALL'],
  ];
}

function toSystem(host: HostLayout): Options {
  return [
    ['--ro-bind', '/usr', '/usr'],
    ...host.roots.map(({ path, target }) =>
      target === null ? ['--ro-bind', path, path] : ['--symlink', target, path],
    ),
    ...HOST_ETC.map((path) => ['--ro-bind-try', path, path]),
    ...OWN_ETC.map((name) => ['--ro-bind', join(host.etc, name), `/etc/${name}`]),
    ['--proc', '/proc'],
    ['--dev', '/dev'],
    ['--size', String(SHM_BYTES), '--tmpfs', '/dev/shm'],
  ];
}

function toPrivateDirectories(tmpBytes: string): Options {
  return [
    ['--size', tmpBytes, '--tmpfs', '/tmp'],
    ['--size', tmpBytes, '--tmpfs', HOME],
    ['--dir', '/run'],
    ['--symlink', '/tmp', '/var/tmp'],
  ];
}

/** Outer paths before inner ones, so that no bind hides another but a mount what lies where it is seen. */
function toBinds({ command, hidden, host, tmpBytes }: SandboxPlan): Options {
  const { tree, readOnly = [], mounts = [] } = command;
  const binds = [
    { path: tree.path, options: [toBind(tree.access), tree.path, tree.path] },
    ...[...host.toolchain, ...readOnly].map((path) => ({ path, options: ['--ro-bind', path, path] })),
    ...mounts.flatMap((mount) => toMount(mount, tree.path, String(tmpBytes))),
    ...hidden.map(({ path, kind }) => ({ path, options: toNothing(path, kind, host.etc) })),
  ];
  return binds.toSorted((one, other) => one.path.length - other.path.length).map(({ options }) => options);
}

/** Something empty that nobody can write to. */
function toNothing(path: string, kind: Hidden['kind'], etc: string): readonly string[] {
  return kind === 'directory'
    ? ['--tmpfs', path, '--remount-ro', path]
    : ['--ro-bind', join(etc, 'empty'), path];
}

interface Bind {
  readonly path: string;
  readonly options: readonly string[];
}

function toMount(
  { source, at, access, scratch = [] }: Mount,
  tree: string,
  tmpBytes: string,
): readonly Bind[] {
  const path = resolve(tree, inHome(at));
  return [
    { path, options: [toBind(access), source, path] },
    ...scratch.map((name) => ({
      path: join(path, name),
      options: ['--size', tmpBytes, '--tmpfs', join(path, name)],
    })),
  ];
}

function toBind(access: 'read' | 'write'): string {
  return access === 'write' ? '--bind' : '--ro-bind';
}
