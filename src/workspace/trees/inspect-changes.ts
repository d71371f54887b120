import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from '../../domain/finding.ts';
import type { RawChange } from '../diff/raw-changes.ts';
import { staysInside } from './link-target.ts';
import { isUnprintable, toShown } from './shown-path.ts';

const GITLINK = '160000';
const LINK = '120000';
const LONGEST_PATH = 1000;
/** Windows reads a stream, a directory, or a name without its end. */
const ELSEWHERE = /[:\\]|[ .]$/;

/** Looks at what a commit would change. What was already so in the base is not this change's fault. */
export async function inspectChanges(
  changes: readonly RawChange[],
  readTarget: (change: RawChange) => Promise<string>,
  root: string,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const change of changes.filter(({ status }) => status !== 'D')) {
    const problem = toProblem(change) ?? (await toLinkProblem(change, readTarget, root));
    if (problem !== null) {
      findings.push({ path: toShown(change.path), message: problem, severity: 'error' });
    }
  }
  return findings;
}

function toProblem({ path, mode, status }: RawChange): string | null {
  if (mode === GITLINK) {
    return 'A submodule must not be added or changed. Remove it, or restore the one of the base.';
  }
  if (isUnprintable(path)) {
    return 'The name has control characters or is not UTF-8. Rename it.';
  }
  if (status === 'A' && path.split('/').some((name) => ELSEWHERE.test(name))) {
    return 'On Windows the name is that of another file: it has a colon or backslash, or ends in a blank or dot. Rename it.';
  }
  if (Buffer.byteLength(path) > LONGEST_PATH) {
    return `The path is longer than ${LONGEST_PATH} bytes. Shorten it.`;
  }
  return null;
}

async function toLinkProblem(
  change: RawChange,
  readTarget: (change: RawChange) => Promise<string>,
  root: string,
): Promise<string | null> {
  if (change.mode !== LINK) {
    return null;
  }
  const inside = staysInside(change.path, await readTarget(change)) && (await leadsInside(root, change.path));
  return inside
    ? null
    : 'The link leads out of the repository. Remove it, or make it a relative link inside.';
}

/** Follows the link as it lies in the tree: another link on the way may lead out. A dangling link leads nowhere. */
async function leadsInside(root: string, path: string): Promise<boolean> {
  const home = await realpath(root);
  const end = await realpath(join(home, path)).catch(() => home);
  return end === home || end.startsWith(`${home}/`);
}
