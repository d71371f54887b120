import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CommandResult } from '../domain/evidence.ts';
import type { Sandbox, SandboxedCommand } from '../ports/sandbox.ts';
import { createGroupEnd } from './end-group.ts';
import { runProcess } from './run-process.ts';
import { findDenied, toEnvironment } from './sandbox-environment.ts';
import type { ProcessEnd, ProcessRequest } from './start-process.ts';
import { START_SHELL, START_TALKING_SHELL } from './start-shell.ts';
import { neverStarted, talkToProcess } from './talk-to-process.ts';
import { withProxy } from './with-proxy.ts';

/**
 * No sandbox: commands run as the server's own user, with its files and network. Only the environment is cleared.
 * For machines without bubblewrap, and only where every repository is trusted.
 */
export function createOpenSandbox(): Sandbox {
  return {
    kind: 'none',
    async run(command, signal) {
      const refusal = refuse(command);
      if (refusal !== null) {
        return refusal;
      }
      const home = await makeHome();
      try {
        const { stdin } = command;
        return toResult(await runProcess({ ...toRequest(command, home, START_SHELL), stdin }, signal));
      } finally {
        await removeHome(home);
      }
    },
    async start(command, signal) {
      const refusal = refuse(command);
      if (refusal !== null) {
        return neverStarted(refusal);
      }
      const home = await makeHome();
      try {
        const request = toRequest(command, home, START_TALKING_SHELL);
        const started = talkToProcess({ request, toResult, toUnavailable }, signal);
        const ended = untilRemoved(started.ended, home);
        return { ...started, ended, end: async () => void (await Promise.all([started.end(), ended])) };
      } catch (error) {
        await removeHome(home);
        throw error;
      }
    },
  };
}

function refuse({
  environment = {},
  mounts = [],
}: Pick<SandboxedCommand, 'environment' | 'mounts'>): CommandResult | null {
  if (mounts.length > 0) {
    return toUnavailable('Nothing can be laid over a tree without a sandbox.');
  }
  const denied = findDenied(environment);
  return denied.length === 0
    ? null
    : {
        kind: 'unavailable',
        reason: `The command was not run: the environment has ${denied.join(', ')}.`,
        remedy: 'Remove these variables from the configuration: they can make programs load foreign code.',
      };
}

function makeHome(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'baton-home-'));
}

async function removeHome(home: string): Promise<void> {
  // What cannot be removed is an empty home; that is no reason to call the command broken.
  await rm(home, { recursive: true, force: true }).catch(() => undefined);
}

async function untilRemoved(ended: Promise<CommandResult>, home: string): Promise<CommandResult> {
  const result = await ended;
  await removeHome(home);
  return result;
}

function toRequest(
  given: Omit<SandboxedCommand, 'stdin'>,
  home: string,
  shell: readonly string[],
): ProcessRequest {
  const command = withProxy(given);
  const path = [...(command.path ?? []), dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'];
  const [program = '/bin/sh', ...options] = shell;
  return {
    argv: [program, ...options, ...command.argv],
    cwd: command.tree.path,
    environment: { ...toEnvironment(command.environment ?? {}, path), HOME: home },
    timeoutMs: command.timeoutMs,
    onStarted: command.onStarted,
    ...createGroupEnd(),
    guards: [],
  };
}

function toResult({ kind, code, output, durationMs }: ProcessEnd & { output: string }): CommandResult {
  return kind === 'exited' ? { kind, code, output, durationMs } : { kind, output, durationMs };
}

function toUnavailable(reason: string): CommandResult {
  return { kind: 'unavailable', reason, remedy: 'Check the paths which the command is given.' };
}
