import { openSync, readdirSync, readFileSync } from 'node:fs';

/** `O_CLOEXEC` on Linux: the descriptor is closed in what this process starts. Node opens all of its own with it. */
const CLOSED_ON_START = 0o2000000;

let found: readonly number[] | null = null;
let nothing: number | null = null;

/**
 * How a process is started with `own` pipes and nothing else. A shell or a supervisor can have left descriptors open in
 * this process that would be open in everything it starts as well: a file or a socket that is nobody's business in a
 * sandbox. Node itself closes the low ones only, and "ignore" leaves one as it is: in their place goes `/dev/null`.
 */
export function toStdio(own: number): ('pipe' | 'ignore' | number)[] {
  // Looked up once: none is added later.
  found ??= listInherited();
  const covered = found.filter((descriptor) => descriptor >= own);
  return Array.from(
    { length: Math.max(own, ...covered.map((descriptor) => descriptor + 1)) },
    (_, descriptor) => {
      if (descriptor < own) {
        return 'pipe';
      }
      return covered.includes(descriptor) ? openNothing() : 'ignore';
    },
  );
}

function openNothing(): number {
  nothing ??= openSync('/dev/null', 'r+');
  return nothing;
}

/** None where there is no `/proc`. */
function listInherited(): readonly number[] {
  try {
    return readdirSync('/proc/self/fd').map(Number).filter(isInherited);
  } catch {
    return [];
  }
}

function isInherited(descriptor: number): boolean {
  try {
    const [, flags = ''] =
      /^flags:\s*([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'utf8')) ?? [];
    return (Number.parseInt(flags, 8) & CLOSED_ON_START) === 0;
  } catch {
    // It was that of the listing itself.
    return false;
  }
}
