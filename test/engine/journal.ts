import { existsSync, readFileSync } from 'node:fs';
import type { Entry } from './replica-process.ts';

/** Everything that any replica has noted, in order. */
export function readJournal(file: string): Entry[] {
  if (!existsSync(file)) {
    return [];
  }
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Entry);
}

/** The entries with these fields. */
export function find(file: string, wanted: Partial<Entry>): Entry[] {
  const fields = Object.entries(wanted) as [keyof Entry, unknown][];
  return readJournal(file).filter((entry) => fields.every(([key, value]) => entry[key] === value));
}

/** The most that were under way at one moment, among the entries that `concern` a thing. */
export function mostAtOnce(file: string, concern: (entry: Entry) => boolean): number {
  let now = 0;
  let most = 0;
  for (const entry of readJournal(file).filter(concern)) {
    now += entry.what === 'begin' ? 1 : 0;
    now -= entry.what === 'done' || entry.what === 'aborted' ? 1 : 0;
    most = Math.max(most, now);
  }
  return most;
}
