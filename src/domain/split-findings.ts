import type { Finding } from './finding.ts';

/**
 * Where lines have moved and what took how long says nothing about whether a finding is the same. Other numbers count:
 * a function that was too long may have grown.
 */
const MOVING = /:\d{1,7}(?::\d{1,7})?|\(\d{1,7},\d{1,7}\)|\b\d{1,9}(?:\.\d{1,9})? ?m?s\b/g;

/**
 * Which findings a commit has in common with an earlier one, by file and message. One that is there twice and was there
 * once is old once and new once.
 */
export function splitFindings(
  findings: readonly Finding[],
  before: readonly Finding[],
): { readonly old: readonly Finding[]; readonly new: readonly Finding[] } {
  const left = new Map<string, number>();
  for (const key of before.map(toKey)) {
    left.set(key, (left.get(key) ?? 0) + 1);
  }
  const old: Finding[] = [];
  const added: Finding[] = [];
  for (const finding of findings) {
    const key = toKey(finding);
    const times = left.get(key) ?? 0;
    left.set(key, times - 1);
    (times > 0 ? old : added).push(finding);
  }
  return { old, new: added };
}

function toKey({ path, message, severity }: Finding): string {
  return JSON.stringify([path, severity, message.replaceAll(MOVING, '#')]);
}
