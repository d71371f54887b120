import type { EgressReport } from '../domain/egress-report.ts';
import type { CommandResult } from '../domain/evidence.ts';
import type { Provided } from '../ports/dependencies.ts';

type Failed = Extract<Provided, { kind: 'failed' }>;

/** Longest piece of output shown, in characters: the end, where tools sum up. */
const SHOWN_OUTPUT = 2_000;

/** A shell says 126 when a program cannot be executed and 127 when there is none. */
const NOT_RUNNABLE = [126, 127];

/** Why an installation did not come about, and what to do; null when it did. */
export function explainFailure(
  result: CommandResult,
  { command, report }: { readonly command: string; readonly report: EgressReport },
): Failed | null {
  if (result.kind === 'unavailable') {
    return toFailed(result.reason, result.remedy);
  }
  if (result.kind === 'exited' && result.code === 0) {
    return null;
  }
  const output = `$ ${command}\n${result.output.slice(-SHOWN_OUTPUT)}`;
  return { ...explain(result, report), output };
}

function explain(result: Exclude<CommandResult, { kind: 'unavailable' }>, report: EgressReport): Failed {
  const [refused] = report.refused;
  if (refused !== undefined) {
    return toFailed(
      `The installation needs ${refused.target}, which it was refused: ${refused.why}.`,
      'If it belongs there, name the host in `install.hosts` of .github/baton.yml and in BATON_INSTALL_HOSTS of the server.',
    );
  }
  const [unreachable] = report.unreachable;
  if (unreachable !== undefined) {
    return toPassing(
      `${unreachable.target} could not be reached: ${unreachable.why}.`,
      'Retry the run. If it happens again, look whether this machine reaches the registry.',
    );
  }
  const [cutOff] = report.cutOff;
  if (cutOff !== undefined) {
    return toPassing(
      `The connection to ${cutOff.target} was cut off: ${cutOff.why}.`,
      'Retry the run. If it happens again, install less, or set `install.enabled` to false in .github/baton.yml.',
    );
  }
  if (result.kind === 'timed-out') {
    return toPassing('The installation did not end in time.', 'Retry the run.');
  }
  if (result.kind === 'over-limit') {
    const told = result.limit === 'uncounted' ? toPassing : toFailed;
    return told(`The installation was ended. ${result.reason}`, result.remedy);
  }
  return NOT_RUNNABLE.includes(result.code)
    ? toFailed(
        'A program for the installation is missing.',
        'Install it on the server and add its directory to BATON_TOOLS.',
      )
    : toFailed(
        `The installation ended with ${result.code}.`,
        'Mend the lock file, so that this command ends well where there is nothing but the lock file and its manifests.',
      );
}

function toFailed(summary: string, remedy: string): Failed {
  return { kind: 'failed', summary, remedy, retriable: false };
}

/** It may go better the next time. */
function toPassing(summary: string, remedy: string): Failed {
  return { kind: 'failed', summary, remedy, retriable: true };
}
