/**
 * The first of several commits, oldest first, that is red, given that the last one is. It judges about log2 of them, as
 * `git bisect` does: after a red one all are taken to be red.
 */
export async function findFirstRed<Commit>(
  commits: readonly [Commit, ...Commit[]],
  isRed: (commit: Commit) => Promise<boolean>,
): Promise<Commit> {
  let first = 0;
  let last = commits.length - 1;
  while (first < last) {
    const middle = Math.floor((first + last) / 2);
    const commit = commits[middle];
    if (commit !== undefined && (await isRed(commit))) {
      last = middle;
    } else {
      first = middle + 1;
    }
  }
  return commits[last] ?? commits[0];
}
