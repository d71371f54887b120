import { realpathSync } from 'node:fs';
import type { CommandResult } from '../domain/evidence.ts';
import type { SandboxLimits } from '../domain/sandbox-limits.ts';
import type { SandboxedCommand, SandboxedProcess } from '../ports/sandbox.ts';
import { toBubblewrapArguments } from './bubblewrap-arguments.ts';
import { toRemedy, toResult, toUnavailable } from './bubblewrap-result.ts';
import { killSandbox, untilCollapsed } from './end-sandbox.ts';
import { ensureMountPoints } from './ensure-mount-points.ts';
import { findHidden } from './find-hidden.ts';
import type { ProcessGroup } from './group/make-group.ts';
import type { Groups } from './group/open-groups.ts';
import type { HostLayout } from './read-host-layout.ts';
import { runProcess, throwIfAborted } from './run-process.ts';
import { toEnvironment } from './sandbox-environment.ts';
import type { ProcessRequest } from './start-process.ts';
import { START_SHELL, START_TALKING_SHELL } from './start-shell.ts';
import { neverStarted, talkToProcess } from './talk-to-process.ts';
import { toWatch } from './watch/open-watch.ts';
import { readVolume } from './watch/volume.ts';

/** What is found out once. */
export interface Setup {
  readonly program: string;
  /** A command line that sets limits for each process; empty where there is no program for that. */
  readonly limit: readonly string[];
  readonly limits: SandboxLimits;
  readonly groups: Groups | null;
  readonly host: HostLayout;
  readonly disableUserNamespaces: boolean;
}

const CONTROLLED = ['--args', '3', '--json-status-fd', '4', '--'];

/** @throws AbortError on the signal. */
export async function runInside(
  setup: Setup,
  command: SandboxedCommand,
  signal: AbortSignal,
): Promise<CommandResult> {
  return prepared(setup, { signal, otherwise: (result) => result }, async (group) => {
    const request = await toRequest({ ...setup, group }, command, START_SHELL);
    return toResult(await runProcess({ ...request, stdin: command.stdin }, signal));
  });
}

/** @throws AbortError when the signal has fired before. */
export function startInside(
  setup: Setup,
  command: Omit<SandboxedCommand, 'stdin'>,
  signal: AbortSignal,
): Promise<SandboxedProcess> {
  return prepared(setup, { signal, otherwise: neverStarted }, async (group) => {
    const talk = {
      request: await toRequest({ ...setup, group }, command, START_TALKING_SHELL),
      toResult,
      toUnavailable: (reason: string) => toUnavailable(reason, toRemedy(reason)),
    };
    return talkToProcess(talk, signal);
  });
}

interface Means<Started> {
  readonly signal: AbortSignal;
  /** What stands for a command that could not be run. */
  readonly otherwise: (result: CommandResult) => Started;
}

/** Starts something in a group of its own, where there are groups. */
async function prepared<Started>(
  { groups, limits }: Setup,
  { signal, otherwise }: Means<Started>,
  start: (group: ProcessGroup | null) => Promise<Started>,
): Promise<Started> {
  throwIfAborted(signal);
  let group: ProcessGroup | null = null;
  try {
    group = groups?.make(limits) ?? null;
    return await start(group);
  } catch (error) {
    group?.discard();
    if (signal.aborted || !(error instanceof Error)) {
      throw error;
    }
    return otherwise(toUnavailable(error.message, toRemedy(error.message)));
  }
}

async function toRequest(
  { program, limit, limits, group, host, disableUserNamespaces }: Setup & { group: ProcessGroup | null },
  command: Omit<SandboxedCommand, 'stdin'>,
  shell: readonly string[],
): Promise<ProcessRequest> {
  const tree = { ...command.tree, path: realpathSync(command.tree.path) };
  const { mounts = [] } = command;
  ensureMountPoints(tree.path, mounts);
  const path = [...(command.path ?? []), host.nodeDirectory, '/usr/local/bin', '/usr/bin', '/bin'];
  const control = toBubblewrapArguments({
    command: { ...command, tree },
    hidden: findHidden(tree.path, command.hidden ?? []),
    environment: toEnvironment(command.environment ?? {}, path),
    host,
    disableUserNamespaces,
    tmpBytes: limits.tmpBytes,
  });
  const written = [tree, ...mounts.map(({ source, access }) => ({ path: source, access }))]
    .filter(({ access }) => access === 'write')
    .map(({ path: directory }) => directory);
  const inside = [program, ...CONTROLLED, ...shell, ...limit, ...command.argv] as const;
  const [first, ...others] = group?.join ?? [];
  const before = await readVolume(written[0] ?? tree.path);
  // The arguments go through a pipe: a variable's value never stands in the process list.
  return {
    argv: first === undefined ? inside : [first, ...others, ...inside],
    cwd: '/',
    environment: {},
    timeoutMs: command.timeoutMs,
    onStarted: command.onStarted,
    control: control.map((argument) => `${argument}\0`).join(''),
    kill: killSandbox,
    sweep: untilCollapsed,
    guards: [...(group === null ? [] : [group.guard]), toWatch({ written, limits, before })],
  };
}
