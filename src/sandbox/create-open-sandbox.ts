import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Sandbox } from '../ports/sandbox.ts';
import { runProcess } from './run-process.ts';
import { findDenied, toEnvironment } from './sandbox-environment.ts';
import { START_SHELL } from './start-shell.ts';

const LONGEST_END_MS = 500;
const POLL_MS = 5;

/**
 * No sandbox: commands run as the server's own user, with its files and network. Only the environment is cleared.
 * For machines without bubblewrap, and only where every repository is trusted.
 */
export function createOpenSandbox(): Sandbox {
  return {
    kind: 'none',
    async run(command, signal) {
      const denied = findDenied(command.environment ?? {});
      if (denied.length > 0) {
        return {
          kind: 'unavailable',
          reason: `The command was not run: the environment has ${denied.join(', ')}.`,
          remedy: 'Remove these variables from the configuration: they can make programs load foreign code.',
        };
      }
      const home = await mkdtemp(join(tmpdir(), 'baton-home-'));
      try {
        const path = [
          ...(command.path ?? []),
          dirname(process.execPath),
          '/usr/local/bin',
          '/usr/bin',
          '/bin',
        ];
        const end = await runProcess(
          {
            argv: [...START_SHELL, ...command.argv],
            cwd: command.tree.path,
            environment: { ...toEnvironment(command.environment ?? {}, path), HOME: home },
            stdin: command.stdin,
            timeoutMs: command.timeoutMs,
            kill: signalGroup,
            sweep: endGroup,
          },
          signal,
        );
        const { kind, code, output, durationMs } = end;
        return kind === 'exited' ? { kind, code, output, durationMs } : { kind, output, durationMs };
      } finally {
        await rm(home, { recursive: true, force: true });
      }
    },
  };
}

/** Ends the whole group and waits for it. A process that left the group on purpose lives on: hence the name "open". */
async function endGroup(child: ChildProcess): Promise<void> {
  for (let waited = 0; waited < LONGEST_END_MS && signalGroup(child); waited += POLL_MS) {
    await wait(POLL_MS);
  }
}

/** Whether there was still somebody to kill. */
function signalGroup(child: ChildProcess): boolean {
  if (child.pid === undefined) {
    return false;
  }
  try {
    return process.kill(-child.pid, 'SIGKILL');
  } catch {
    return false;
  }
}
