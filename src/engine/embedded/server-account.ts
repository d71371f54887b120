import { readFile, stat } from 'node:fs/promises';

/** The account which PostgreSQL runs under: this process's own, or, as root, one without privileges. */
export type ServerAccount =
  | { readonly kind: 'own' }
  | {
      readonly kind: 'unprivileged';
      readonly uid: number;
      readonly gid: number;
      readonly capability: string;
    };

// Bits of the effective capability set in /proc/self/status.
const DAC_OVERRIDE = 1n << 1n;
const DAC_READ_SEARCH = 1n << 2n;

/**
 * PostgreSQL refuses to run as root. Root hands it to the owner of the existing cluster, else to `postgres`, else to
 * `nobody`; no account of the host is changed.
 */
export async function chooseServerAccount(cluster: string): Promise<ServerAccount> {
  if (process.getuid?.() !== 0) {
    return { kind: 'own' };
  }
  const owner = await stat(cluster).catch(() => null);
  const ids = owner !== null && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : await hostAccount();
  return { kind: 'unprivileged', ...ids, capability: await readingCapability() };
}

/** Program and arguments that run `argv` under the account. */
export function toAccountCommand(
  account: ServerAccount,
  argv: readonly [string, ...string[]],
): readonly [string, ...string[]] {
  if (account.kind === 'own') {
    return argv;
  }
  return [
    'setpriv',
    `--reuid=${account.uid}`,
    `--regid=${account.gid}`,
    '--clear-groups',
    `--inh-caps=-all,+${account.capability}`,
    `--ambient-caps=-all,+${account.capability}`,
    `--bounding-set=-all,+${account.capability}`,
    // initdb asks access(2) for its programs, which without this forgets the capability that execve(2) goes by.
    '--securebits=+no_setuid_fixup',
    '--no-new-privs',
    ...argv,
  ];
}

async function hostAccount(): Promise<{ uid: number; gid: number }> {
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const line = lines.find((fields) => fields[0] === name);
    if (line !== undefined) {
      return { uid: Number(line[2]), gid: Number(line[3]) };
    }
  }
  throw new Error(
    'PostgreSQL does not run as root, and /etc/passwd has neither "postgres" nor "nobody" to run it as. ' +
      'Start Baton as an ordinary user, or set DATABASE_URL to a PostgreSQL server.',
  );
}

/**
 * The data home and the checkout may lie under a directory that only root can enter (such as /root). The account keeps
 * the one capability that gets it through; the one which only reads is preferred, but containers often lack it.
 */
async function readingCapability(): Promise<string> {
  const status = await readFile('/proc/self/status', 'utf8');
  const effective = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0'}`);
  if ((effective & DAC_READ_SEARCH) !== 0n) {
    return 'dac_read_search';
  }
  if ((effective & DAC_OVERRIDE) !== 0n) {
    return 'dac_override';
  }
  throw new Error(
    'PostgreSQL does not run as root, and this root has no capability to hand it to another account. ' +
      'Start Baton as an ordinary user, or set DATABASE_URL to a PostgreSQL server.',
  );
}
