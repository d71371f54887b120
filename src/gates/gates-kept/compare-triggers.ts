import type { Weakening } from './text-change.ts';
import { toRecord } from './workflow-steps.ts';

/** Lists that take events in, and lists that leave them out. */
const TAKEN_IN = ['branches', 'paths', 'tags', 'types'];
const LEFT_OUT = ['branches-ignore', 'paths-ignore', 'tags-ignore'];

/** Events that no longer start a workflow, or no longer all of the kind. */
export function compareTriggers(before: unknown, after: unknown): readonly Weakening[] {
  const [old, now] = [toEvents(before), toEvents(after)];
  return Object.entries(old).flatMap(([event, filters]) => {
    if (!Object.hasOwn(now, event)) {
      return [{ message: `It no longer runs on \`${event}\`.` }];
    }
    return isNarrower(toRecord(filters), toRecord(now[event]))
      ? [{ message: `It runs on fewer \`${event}\` events.` }]
      : [];
  });
}

function isNarrower(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): boolean {
  const takesLess = TAKEN_IN.some((name) => {
    const [old, now] = [toList(before[name]), toList(after[name])];
    // Without a list, all are taken in.
    return (
      now !== null && (old === null || old.some((entry) => !now.includes(entry)) || gains(old, now, '!'))
    );
  });
  return (
    takesLess || LEFT_OUT.some((name) => gains(toList(before[name]) ?? [], toList(after[name]) ?? [], ''))
  );
}

function gains(before: readonly string[], after: readonly string[], start: string): boolean {
  return after.some((entry) => entry.startsWith(start) && !before.includes(entry));
}

function toEvents(on: unknown): Readonly<Record<string, unknown>> {
  if (typeof on === 'string' || Array.isArray(on)) {
    return Object.fromEntries([on].flat().map((event) => [String(event), null]));
  }
  return toRecord(on);
}

function toList(value: unknown): readonly string[] | null {
  return value === undefined || value === null ? null : [value].flat().map(String);
}
