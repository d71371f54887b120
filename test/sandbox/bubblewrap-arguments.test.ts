import { describe, expect, it } from 'vitest';
import { type SandboxPlan, toBubblewrapArguments } from '../../src/sandbox/bubblewrap-arguments.ts';

const plan: SandboxPlan = {
  command: { tree: { path: '/tmp/home/trees/1', access: 'write' } },
  hidden: [],
  environment: { PATH: '/usr/bin', COLOUR: 'dark red' },
  host: {
    roots: [
      { path: '/bin', target: 'usr/bin' },
      { path: '/lib', target: null },
    ],
    etc: '/srv/baton/etc',
    toolchain: ['/opt/node'],
    nodeDirectory: '/opt/node/bin',
  },
  disableUserNamespaces: true,
  tmpBytes: 1024 ** 3,
};

/** The position of consecutive arguments; -1 when they are not there. */
function find(args: readonly string[], ...words: string[]): number {
  return args.findIndex((_, index) => words.every((word, offset) => args[index + offset] === word));
}

describe('src/sandbox/bubblewrap-arguments', () => {
  const args = toBubblewrapArguments(plan);

  it.each([
    ['--unshare-all', '--unshare-user'],
    ['--disable-userns'],
    ['--cap-drop', 'ALL'],
    ['--die-with-parent'],
    ['--new-session'],
    ['--clearenv'],
    ['--uid', '1000'],
    ['--symlink', 'usr/bin', '/bin'],
    ['--ro-bind', '/lib', '/lib'],
    ['--ro-bind', '/srv/baton/etc/passwd', '/etc/passwd'],
    ['--ro-bind', '/opt/node', '/opt/node'],
    ['--bind', '/tmp/home/trees/1', '/tmp/home/trees/1'],
    ['--chdir', '/tmp/home/trees/1'],
    ['--setenv', 'COLOUR', 'dark red'],
  ])('has %s %s %s', (...words) => {
    expect(find(args, ...words)).toBeGreaterThanOrEqual(0);
  });

  it.each(['--share-net', '--dev-bind', '--cap-add'])('never has %s', (word) => {
    expect(args).not.toContain(word);
  });

  it('leaves the private keys of the host alone, which a server that runs as root could read', () => {
    const bound = args.filter((word) => word.startsWith('/etc/'));
    const parents = [
      '/etc',
      '/etc/ssl',
      '/etc/ssl/private',
      '/etc/pki',
      '/etc/pki/tls',
      '/etc/pki/tls/private',
    ];
    expect(bound.filter((path) => parents.includes(path))).toEqual([]);
    expect(bound).toContain('/etc/ssl/certs');
  });

  it('binds the tree after the private directories it may lie in, and closes the root last', () => {
    const order = [
      find(args, '--tmpfs', '/tmp'),
      find(args, '--bind', '/tmp/home/trees/1'),
      find(args, '--remount-ro', '/'),
    ];
    expect(order).toEqual(order.toSorted((one, other) => one - other));
  });

  it('clears the environment before it sets it', () => {
    expect(args.indexOf('--clearenv')).toBeLessThan(args.indexOf('--setenv'));
  });

  it('binds outer paths before inner ones', () => {
    const inner = toBubblewrapArguments({
      ...plan,
      command: { tree: plan.command.tree, readOnly: ['/tmp/home/trees/1/vendor', '/tmp/home'] },
    });
    const order = ['/tmp/home', '/tmp/home/trees/1', '/tmp/home/trees/1/vendor'].map((path) =>
      find(inner, path, path),
    );
    expect(order).toEqual(order.toSorted((one, other) => one - other));
  });

  it('binds a tree for reading read-only', () => {
    const reading = toBubblewrapArguments({ ...plan, command: { tree: { path: '/t', access: 'read' } } });
    expect(find(reading, '--ro-bind', '/t', '/t')).toBeGreaterThanOrEqual(0);
    expect(reading).not.toContain('--bind');
  });

  it('leaves user namespaces alone where they cannot be switched off', () => {
    expect(toBubblewrapArguments({ ...plan, disableUserNamespaces: false })).not.toContain(
      '--disable-userns',
    );
  });
});
