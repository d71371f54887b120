import type { CommandResult } from '../domain/evidence.ts';
import { toBubblewrapStatus } from './bubblewrap-status.ts';
import type { ProcessEnd } from './start-process.ts';

export const INSTALL_REMEDY =
  'Install bubblewrap (apt-get install -y bubblewrap) and allow unprivileged user namespaces.';

export type Unavailable = Extract<CommandResult, { kind: 'unavailable' }>;

/** What came of a command, by how bubblewrap ended and what it reported. */
export function toResult({
  kind,
  code,
  output,
  durationMs,
  status,
}: ProcessEnd & { readonly output: string }): CommandResult {
  if (kind === 'timed-out') {
    return { kind, output, durationMs };
  }
  if (toBubblewrapStatus(status).exitCode === null) {
    const reason = output.trim().slice(0, 500);
    return toUnavailable(reason, toRemedy(reason));
  }
  return { kind, code, output, durationMs };
}

export function toRemedy(reason: string): string {
  if (/source path|ENOENT|chdir/i.test(reason)) {
    return 'Check the paths which the command is given: one does not exist.';
  }
  if (/else than a directory/.test(reason)) {
    return 'Remove it from the repository: that is where its dependencies are installed.';
  }
  return /E2BIG/.test(reason) ? 'Make the command shorter.' : INSTALL_REMEDY;
}

export function toUnavailable(reason: string, remedy: string): Unavailable {
  return { kind: 'unavailable', reason: `The sandbox could not run the command: ${reason}.`, remedy };
}
