import { DEFAULT_LIMITS, type SandboxLimits } from '../domain/sandbox-limits.ts';
import type { Sandbox, SandboxedCommand } from '../ports/sandbox.ts';
import { toUnavailable, type Unavailable } from './bubblewrap-result.ts';
import { toMib } from './excess.ts';
import { findSetup, type SandboxOptions } from './find-setup.ts';
import { runInside, type Setup, startInside } from './run-inside.ts';
import { findDenied } from './sandbox-environment.ts';
import { neverStarted } from './talk-to-process.ts';
import { readVolume } from './watch/volume.ts';
import { withProxy } from './with-proxy.ts';

/** Absolute, so that nobody's PATH decides what guards us. */
const PROGRAMS = ['/usr/bin/bwrap', '/usr/local/bin/bwrap', '/bin/bwrap'];

type Given = Pick<SandboxOptions, 'log'> & Partial<SandboxOptions>;

/** Runs commands in their own namespaces: no network, no other process, no file but the tree and the system's. */
export function createBubblewrapSandbox(given: Given): Sandbox {
  const options = { limits: DEFAULT_LIMITS, groups: null, programs: PROGRAMS, ...given };
  let setup: Promise<Setup | Unavailable> | null = null;
  async function prepare(command: Omit<SandboxedCommand, 'stdin'>): Promise<Setup | Unavailable> {
    const refusal = refuseDenied(command) ?? (await refuseFull(command, options.limits));
    if (refusal !== null) {
      return refusal;
    }
    setup ??= findSetup(options);
    const found = await setup;
    if ('kind' in found) {
      // Somebody may mend it while the server runs.
      setup = null;
    }
    return found;
  }
  return {
    kind: 'bubblewrap',
    async run(command, signal) {
      const ready = await prepare(command);
      return 'kind' in ready ? ready : runInside(ready, withProxy(command), signal);
    },
    async start(command, signal) {
      const ready = await prepare(command);
      return 'kind' in ready ? neverStarted(ready) : startInside(ready, withProxy(command), signal);
    },
  };
}

function refuseDenied({ environment = {} }: Pick<SandboxedCommand, 'environment'>): Unavailable | null {
  const denied = findDenied(environment);
  return denied.length === 0
    ? null
    : toUnavailable(
        `the environment has ${denied.join(', ')}`,
        'Remove these variables from the configuration: they can make programs load foreign code.',
      );
}

/** What is left on a volume is for the server and its database; a command that could take it is not started. */
async function refuseFull(
  { tree }: Pick<SandboxedCommand, 'tree'>,
  limits: SandboxLimits,
): Promise<Unavailable | null> {
  const volume = tree.access === 'write' ? await readVolume(tree.path) : null;
  if (volume === null || volume.freeBytes >= limits.freeBytes) {
    return null;
  }
  const [free, least] = [toMib(volume.freeBytes), toMib(limits.freeBytes)];
  return {
    ...toUnavailable(
      `only ${free} MiB are free on the volume with the trees, and ${least} must be`,
      'Free space on the volume of BATON_HOME, or lower BATON_SANDBOX_FREE_MIB, then retry.',
    ),
    retriable: true,
  };
}
