import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from '../../domain/finding.ts';
import { isGitModulesName, isGitName } from './git-name.ts';
import { toShown } from './shown-path.ts';

/** More findings than this help nobody. */
const MOST = 50;

/** Git takes paths of up to 4096 bytes, and so does the system. */
const LONGEST_PATH = 3000;

/**
 * Looks at every name below a directory, before git does: git must not meet a nested repository, whose configuration
 * it could obey. Nothing is opened and no link is followed.
 */
export async function inspectDirectory(root: string): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const directories = [''];
  for (let next = directories.pop(); next !== undefined && findings.length < MOST; next = directories.pop()) {
    for (const entry of await readdir(join(root, next), { withFileTypes: true })) {
      const path = next === '' ? entry.name : `${next}/${entry.name}`;
      const problem = toProblem(entry, path);
      if (problem !== null) {
        findings.push({ path: toShown(path), message: problem, severity: 'error' });
      } else if (entry.isDirectory()) {
        directories.push(path);
      }
    }
  }
  return findings;
}

function toProblem(entry: Dirent, path: string): string | null {
  if (Buffer.byteLength(path) > LONGEST_PATH) {
    return `The path is longer than ${LONGEST_PATH} bytes. Remove it.`;
  }
  if (isGitName(entry.name)) {
    return 'A nested git repository must not be committed. Remove it.';
  }
  if (entry.isSymbolicLink() && isGitModulesName(entry.name)) {
    return '.gitmodules must not be a link. Remove it.';
  }
  if (!entry.isFile() && !entry.isDirectory() && !entry.isSymbolicLink()) {
    return 'Only files, directories and links can be committed, not sockets, pipes or devices. Remove it.';
  }
  return null;
}
