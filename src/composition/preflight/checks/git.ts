import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findGit } from '../../../workspace/git/find-git.ts';
import { ANSWER_WITHIN_MS } from '../answer-within-ms.ts';
import { type Check, fail, type Line, ok, warn } from '../check.ts';
import { isPatchedGit, isUsableGit, toGitVersion } from '../git-version.ts';

const REMEDY = 'Install a newer git, from the backports of the distribution or from git-scm.com/downloads.';

/** The git that the server runs for all its trees. */
export const check: Check = {
  name: 'git',
  of: 'machine',
  async run() {
    const git = findGit();
    const { stdout } = await promisify(execFile)(git, ['--version'], { env: {}, timeout: ANSWER_WITHIN_MS });
    return [judgeGit(git, stdout.trim())];
  },
};

/** What is to be said of a git that calls itself that. */
export function judgeGit(path: string, words: string): Line {
  const version = toGitVersion(words);
  if (version === null) {
    return fail(`${path} does not say its version: ${words.slice(0, 100)}`, REMEDY);
  }
  const text = `${path} is ${version.join('.')}`;
  if (!isUsableGit(version)) {
    return fail(`${text}, and Baton merges with what came in 2.38`, REMEDY);
  }
  return isPatchedGit(version)
    ? ok(text)
    : warn(
        `${text}, which as released by its authors has known holes (CVE-2025-48384 and others)`,
        `${REMEDY} A distribution may have mended its own package under the old number: see its changelog.`,
      );
}
