import { realpathSync } from 'node:fs';
import type { CommandResult } from '../domain/evidence.ts';
import type { Log } from '../ports/log.ts';
import type { Sandbox, SandboxedCommand, SandboxedProcess } from '../ports/sandbox.ts';
import { toBubblewrapArguments } from './bubblewrap-arguments.ts';
import { INSTALL_REMEDY, toRemedy, toResult, toUnavailable, type Unavailable } from './bubblewrap-result.ts';
import { killSandbox, untilCollapsed } from './end-sandbox.ts';
import { ensureMountPoints } from './ensure-mount-points.ts';
import { DEFAULT_LIMITS, findProgram, type Limits, withLimits } from './limits.ts';
import { type HostLayout, readHostLayout } from './read-host-layout.ts';
import { runProcess } from './run-process.ts';
import { findDenied, toEnvironment } from './sandbox-environment.ts';
import type { ProcessRequest } from './start-process.ts';
import { START_SHELL, START_TALKING_SHELL } from './start-shell.ts';
import { neverStarted, talkToProcess } from './talk-to-process.ts';

/** What is found out once. */
interface Setup {
  readonly program: string;
  readonly limit: readonly string[];
  readonly host: HostLayout;
  readonly disableUserNamespaces: boolean;
}

const TRIAL_MS = 10_000;

const CONTROLLED = ['--args', '3', '--json-status-fd', '4', '--'];

/** Runs commands in their own namespaces: no network, no other process, no file but the tree and the system's. */
export function createBubblewrapSandbox(options: { readonly log: Log; readonly limits?: Limits }): Sandbox {
  let setup: Promise<Setup | null> | null = null;
  async function prepare(command: Pick<SandboxedCommand, 'environment'>): Promise<Setup | Unavailable> {
    const denied = findDenied(command.environment ?? {});
    if (denied.length > 0) {
      return toUnavailable(
        `the environment has ${denied.join(', ')}`,
        'Remove these variables from the configuration: they can make programs load foreign code.',
      );
    }
    setup ??= findSetup(options);
    const found = await setup;
    if (found === null) {
      setup = null;
      return toUnavailable('bubblewrap is not installed', INSTALL_REMEDY);
    }
    return found;
  }
  return {
    kind: 'bubblewrap',
    async run(command, signal) {
      const ready = await prepare(command);
      return 'kind' in ready ? ready : runInside(ready, command, signal);
    },
    async start(command, signal) {
      const ready = await prepare(command);
      return 'kind' in ready ? neverStarted(ready) : startInside(ready, command, signal);
    },
  };
}

async function findSetup(options: { readonly log: Log; readonly limits?: Limits }): Promise<Setup | null> {
  const program = findProgram(['/usr/bin/bwrap', '/usr/local/bin/bwrap', '/bin/bwrap']);
  if (program === null) {
    return null;
  }
  const prlimit = findProgram(['/usr/bin/prlimit', '/bin/prlimit']);
  if (prlimit === null || process.getuid?.() === 0) {
    options.log.warn(
      { prlimit, uid: process.getuid?.() },
      'sandboxed commands can start any number of processes: run the server as an ordinary user, with util-linux installed',
    );
  }
  const base = {
    program,
    limit: prlimit === null ? [] : withLimits(prlimit, options.limits ?? DEFAULT_LIMITS),
    host: readHostLayout(),
  };
  const strict = { ...base, disableUserNamespaces: true };
  return (await isWorking(strict)) ? strict : { ...base, disableUserNamespaces: false };
}

/** Old versions, and hosts with a read-only /proc/sys, cannot switch user namespaces off. */
async function isWorking(setup: Setup): Promise<boolean> {
  const command: SandboxedCommand = {
    argv: ['true'],
    tree: { path: '/usr', access: 'read' },
    timeoutMs: TRIAL_MS,
  };
  const result = await runInside(setup, command, new AbortController().signal);
  return result.kind === 'exited' && result.code === 0;
}

async function runInside(
  setup: Setup,
  command: SandboxedCommand,
  signal: AbortSignal,
): Promise<CommandResult> {
  try {
    const { stdin } = command;
    return toResult(await runProcess({ ...toRequest(setup, command, START_SHELL), stdin }, signal));
  } catch (error) {
    if (signal.aborted || !(error instanceof Error)) {
      throw error;
    }
    return toUnavailable(error.message, toRemedy(error.message));
  }
}

function startInside(
  setup: Setup,
  command: Omit<SandboxedCommand, 'stdin'>,
  signal: AbortSignal,
): SandboxedProcess {
  try {
    const talk = {
      request: toRequest(setup, command, START_TALKING_SHELL),
      toResult,
      toUnavailable: (reason: string) => toUnavailable(reason, toRemedy(reason)),
    };
    return talkToProcess(talk, signal);
  } catch (error) {
    if (signal.aborted || !(error instanceof Error)) {
      throw error;
    }
    return neverStarted(toUnavailable(error.message, toRemedy(error.message)));
  }
}

function toRequest(
  setup: Setup,
  command: Omit<SandboxedCommand, 'stdin'>,
  shell: readonly string[],
): ProcessRequest {
  const tree = { ...command.tree, path: realpathSync(command.tree.path) };
  ensureMountPoints(tree.path, command.mounts ?? []);
  const path = [...(command.path ?? []), setup.host.nodeDirectory, '/usr/local/bin', '/usr/bin', '/bin'];
  const control = toBubblewrapArguments({
    command: { ...command, tree },
    environment: toEnvironment(command.environment ?? {}, path),
    host: setup.host,
    disableUserNamespaces: setup.disableUserNamespaces,
  });
  // The arguments go through a pipe: a variable's value never stands in the process list.
  return {
    argv: [setup.program, ...CONTROLLED, ...shell, ...setup.limit, ...command.argv],
    cwd: '/',
    environment: {},
    timeoutMs: command.timeoutMs,
    control: control.map((argument) => `${argument}\0`).join(''),
    kill: killSandbox,
    sweep: untilCollapsed,
  };
}
