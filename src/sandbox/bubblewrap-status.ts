/** What bubblewrap reports of a sandbox: a line of JSON when it was made, and one when its command ended. */
export interface BubblewrapStatus {
  /** Process id, on the host, of the sandbox's first process: with it ends everything inside. */
  readonly childPid: number | null;
  /** Null when the command never ran, or was killed with the sandbox. */
  readonly exitCode: number | null;
}

/** Reads what has come so far; a line that is not complete yet does not count. */
export function toBubblewrapStatus(text: string): BubblewrapStatus {
  return { childPid: findNumber(text, 'child-pid'), exitCode: findNumber(text, 'exit-code') };
}

function findNumber(text: string, name: string): number | null {
  const digits = new RegExp(`"${name}": (\\d+)[^\\d]`).exec(text)?.[1];
  return digits === undefined ? null : Number.parseInt(digits, 10);
}
