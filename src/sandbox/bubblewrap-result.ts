import type { CommandResult } from '../domain/evidence.ts';
import { toBubblewrapStatus } from './bubblewrap-status.ts';
import type { ProcessEnd } from './start-process.ts';

export const INSTALL_REMEDY = 'Install bubblewrap: apt-get install -y bubblewrap';
const NAMESPACE_REMEDY =
  'Allow user namespaces: sysctl -w kernel.unprivileged_userns_clone=1 on Debian, ' +
  'sysctl -w kernel.apparmor_restrict_unprivileged_userns=0 on Ubuntu from 24.04 on; keep the line in ' +
  '/etc/sysctl.d/. For a container, see docs/guides/sandbox.md.';
/** What nobody has foreseen is no reason to install what is there. */
const UNKNOWN_REMEDY =
  'Retry the step. If it happens again, `npm run baton -- doctor` on the server tries the sandbox by itself.';

export type Unavailable = Extract<CommandResult, { kind: 'unavailable' }>;

/** What came of a command, by how bubblewrap ended and what it reported. */
export function toResult({
  kind,
  excess,
  code,
  output,
  durationMs,
  status,
}: ProcessEnd & { readonly output: string }): CommandResult {
  if (excess !== null) {
    return { kind: 'over-limit', ...excess, output, durationMs };
  }
  if (kind === 'timed-out') {
    return { kind, output, durationMs };
  }
  if (toBubblewrapStatus(status).exitCode === null) {
    const reason = output.trim().slice(0, 500);
    return toUnavailable(reason, toRemedy(reason));
  }
  return { kind, code, output, durationMs };
}

const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [/ENOENT.*bwrap|spawn.*ENOENT/i, INSTALL_REMEDY],
  [/source path|chdir|ENOENT/i, 'Check the paths which the command is given: one does not exist.'],
  [/else than a directory/, 'Remove it from the repository: that is where its dependencies are installed.'],
  [/E2BIG/, 'Make the command shorter.'],
  [/namespace|uid map|gid map|RTM_|proc on|not permitted|permission denied/i, NAMESPACE_REMEDY],
];

/** What to do, by what bubblewrap or the system said. */
export function toRemedy(reason: string): string {
  return REMEDIES.find(([pattern]) => pattern.test(reason))?.[1] ?? UNKNOWN_REMEDY;
}

export function toUnavailable(reason: string, remedy: string): Unavailable {
  return { kind: 'unavailable', reason: `The sandbox could not run the command: ${reason}.`, remedy };
}
