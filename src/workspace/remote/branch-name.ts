const SAFE = /^baton\/[A-Za-z0-9][A-Za-z0-9._-]*(?:\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/;

/**
 * The full name of a branch that the server may write.
 * @throws Error for any other name: a run never touches a person's branch.
 */
export function toOwnRef(branch: string): string {
  const bad =
    branch.length > 200 || !SAFE.test(branch) || branch.includes('..') || /\.(?:lock)?(?:\/|$)/.test(branch);
  if (bad) {
    throw new Error(
      `Refused to push to ${JSON.stringify(branch.slice(0, 200))}: only simple names under baton/ are written.`,
    );
  }
  return `refs/heads/${branch}`;
}
