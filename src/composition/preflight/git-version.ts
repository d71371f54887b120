/** Major, minor, patch. */
export type GitVersion = readonly [number, number, number];

/** Baton merges with `git merge-tree --write-tree`. */
const LEAST: GitVersion = [2, 38, 0];

/** The first release of each series that has the fixes of July 2025; older series have none. */
const PATCHED: readonly GitVersion[] = [
  [2, 43, 7],
  [2, 44, 4],
  [2, 45, 4],
  [2, 46, 4],
  [2, 47, 3],
  [2, 48, 2],
  [2, 49, 1],
  [2, 50, 1],
];

/** From what `git --version` prints; null when it is something else. */
export function toGitVersion(words: string): GitVersion | null {
  const [, major, minor, patch = '0'] = /^git version (\d+)\.(\d+)(?:\.(\d+))?/.exec(words) ?? [];
  return major === undefined || minor === undefined ? null : [Number(major), Number(minor), Number(patch)];
}

/** Whether it can do all that Baton asks of it. */
export function isUsableGit(version: GitVersion): boolean {
  return isAtLeast(version, LEAST);
}

/** Whether it has the fixes of July 2025, as its authors released it. */
export function isPatchedGit(version: GitVersion): boolean {
  const series = PATCHED.find(([major, minor]) => major === version[0] && minor === version[1]);
  const [newest] = PATCHED.slice(-1);
  return series === undefined
    ? newest !== undefined && isAtLeast(version, newest)
    : isAtLeast(version, series);
}

function isAtLeast(version: GitVersion, least: GitVersion): boolean {
  const differing = version.findIndex((part, index) => part !== least[index]);
  return differing === -1 || (version[differing] ?? 0) > (least[differing] ?? 0);
}
