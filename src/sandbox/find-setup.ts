import { readFileSync } from 'node:fs';
import type { SandboxLimits } from '../domain/sandbox-limits.ts';
import type { Log } from '../ports/log.ts';
import type { SandboxedCommand } from '../ports/sandbox.ts';
import { INSTALL_REMEDY, toRemedy, toUnavailable, type Unavailable } from './bubblewrap-result.ts';
import type { Groups } from './group/open-groups.ts';
import { findProgram, withLimits } from './limits.ts';
import { readHostLayout } from './read-host-layout.ts';
import { runInside, type Setup } from './run-inside.ts';
import { measureTrees } from './watch/measure-trees.ts';

/** What a sandbox is made with. */
export interface SandboxOptions {
  readonly log: Log;
  readonly limits: SandboxLimits;
  /** Null where commands cannot have control groups. */
  readonly groups: Groups | null;
  /** Where bubblewrap may be. */
  readonly programs: readonly string[];
}

/** Only ends what hangs: a busy machine may take seconds. */
const TRIAL_MS = 60_000;
/** Other versions of `du` cannot count files. */
const COUNT_REMEDY = 'Install the coreutils of GNU: apt-get install -y coreutils';
/** Old versions of bubblewrap, and hosts with a read-only `/proc/sys`, cannot switch user namespaces off, and say so. */
const CANNOT_SWITCH_OFF = /userns|user_namespaces/;

/** Looks at what this machine has for a sandbox, by trying. */
export async function findSetup(options: SandboxOptions): Promise<Setup | Unavailable> {
  const { log, limits, groups, programs } = options;
  const program = findProgram(programs);
  if (program === null) {
    return toUnavailable('bubblewrap is not installed', INSTALL_REMEDY);
  }
  if ((await measureTrees([program], new AbortController().signal)) === null) {
    return toUnavailable('/usr/bin/du cannot count how large a tree is', COUNT_REMEDY);
  }
  const prlimit = findProgram(['/usr/bin/prlimit', '/bin/prlimit']);
  if (prlimit === null) {
    log.warn({}, 'no limits for single processes in the sandbox: install util-linux, which has prlimit');
  }
  const strict: Setup = {
    program,
    limit: withLimits({ prlimit, own: readOwnLimits() }, limits),
    limits,
    groups,
    host: readHostLayout(),
    disableUserNamespaces: true,
  };
  const refusal = await tryOut(strict);
  if (refusal === null) {
    return strict;
  }
  // A trial that was too slow or was killed is no reason for weaker walls: it is made again with the next command.
  if (!CANNOT_SWITCH_OFF.test(refusal.reason)) {
    return refusal;
  }
  const loose = { ...strict, disableUserNamespaces: false };
  const unavailable = await tryOut(loose);
  if (unavailable !== null) {
    return unavailable;
  }
  log.warn({ program }, 'sandboxed commands may make user namespaces: this bubblewrap cannot forbid it here');
  return loose;
}

function readOwnLimits(): string {
  try {
    return readFileSync('/proc/self/limits', 'utf8');
  } catch {
    return '';
  }
}

/** Null when a command really runs. */
async function tryOut(setup: Setup): Promise<Unavailable | null> {
  const command: SandboxedCommand = {
    argv: ['true'],
    tree: { path: '/usr', access: 'read' },
    timeoutMs: TRIAL_MS,
  };
  const result = await runInside(setup, command, new AbortController().signal);
  if (result.kind === 'unavailable') {
    return result;
  }
  if (result.kind === 'exited' && result.code === 0) {
    return null;
  }
  const end = result.kind === 'exited' ? `with ${result.code}` : `by being ${result.kind}`;
  const said = result.output.trim().slice(-500);
  return toUnavailable(`a trial of it ended ${end}: ${said}`, toRemedy(said));
}
