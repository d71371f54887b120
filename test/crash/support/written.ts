import type { LedgerEntry, Simulator } from '../../../src/simulator/simulator.ts';

/** All accepted writes of the App to GitHub so far, oldest first. Tokens are no writes. */
export function writesOf(simulator: Simulator): LedgerEntry[] {
  return simulator.ledger().filter(({ actor }) => actor === simulator.app.botLogin);
}

/**
 * The writes as texts that are the same in every run: without ids that GitHub counts up, times, measured durations,
 * and what is derived from the time of the order (run id, commits, digests, markers). Commits keep their identity:
 * each is replaced by its number in the order in which they appear.
 */
export function toComparable(writes: readonly LedgerEntry[]): string[] {
  const commits = new Map<string, string>();
  function toCommit(sha: string): string {
    const known = commits.get(sha) ?? (/^0+$/.test(sha) ? 'none' : `commit ${commits.size + 1}`);
    commits.set(sha, known);
    return known;
  }
  return writes.map(({ kind, method, path, body }) =>
    `${kind} ${method} ${path} ${JSON.stringify(body)}`
      .replaceAll(/\b[0-9a-f]{40}\b/g, toCommit)
      .replaceAll(/(comments|check-runs)\/\d+/g, '$1/<id>')
      .replaceAll(/\brun-[0-9a-f]{20}\b/g, '<run>')
      .replaceAll(/(baton\/\d+-[a-z0-9-]+)-[0-9a-f]{4}\b/g, '$1-<hash>')
      .replaceAll(/\b(?:[0-9a-f]{32}|[0-9a-f]{12}|[0-9a-f]{7})\b/g, '<digest>')
      .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/g, '<minute>')
      .replaceAll(/duration_ms:? [\d.]+/g, 'duration_ms <ms>')
      .replaceAll(/\([\d.]+ ?m?s\)/g, '(<ms>)')
      .replaceAll(/ in [\d.]+ ?m?s\b/g, ' in <ms>')
      .replaceAll(/(tokens, (?:\$[\d.,]+|\? \$)), [\d.]+ (?:ms|s|min|h)\b/g, '$1, <time>'),
  );
}

/** What was written more than once; nothing ever should be. */
export function toDoubled(writes: readonly string[]): string[] {
  return writes.filter((write, index) => writes.indexOf(write) !== index);
}

/** The texts of the progress comment, in the order in which they were shown. */
export function toProgress(writes: readonly string[]): string[] {
  return writes.filter((write) => /^issues\/(?:create|update)-comment /.test(write));
}
