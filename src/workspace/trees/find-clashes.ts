import type { Finding } from '../../domain/finding.ts';
import type { RawChange } from '../diff/raw-changes.ts';
import { toShown } from './shown-path.ts';

/**
 * Added names that are the same as others where upper and lower case, or the composition of letters, make no
 * difference: there, one file takes the place of the other. What clashed in the base already is not this change's fault.
 */
export function findClashes(changes: readonly RawChange[], base: readonly string[]): readonly Finding[] {
  const added = changes.filter(({ status }) => status === 'A').map(({ path }) => path);
  const deleted = new Set(changes.filter(({ status }) => status === 'D').map(({ path }) => path));
  const spellings = new Map<string, Set<string>>(
    added.flatMap(toNames).map((name) => [toFolded(name), new Set()]),
  );
  for (const name of base.filter((path) => !deleted.has(path)).flatMap(toNames)) {
    spellings.get(toFolded(name))?.add(name);
  }
  const findings: Finding[] = [];
  for (const path of added) {
    const names = toNames(path);
    const clash = names.flatMap((name) => findTwin(name, spellings.get(toFolded(name))))[0];
    if (clash !== undefined) {
      findings.push({ path: toShown(path), message: toMessage(clash), severity: 'error' });
    }
    for (const name of names) {
      spellings.get(toFolded(name))?.add(name);
    }
  }
  return findings;
}

interface Clash {
  readonly name: string;
  readonly twin: string;
}

function findTwin(name: string, spellings: ReadonlySet<string> = new Set()): readonly Clash[] {
  const [twin] = spellings;
  return twin === undefined || spellings.has(name) ? [] : [{ name, twin }];
}

function toMessage({ name, twin }: Clash): string {
  return `Where case and composed letters make no difference, ${toShown(name)} is ${toShown(twin)}. Rename it.`;
}

/** A path and the directories on the way to it. */
function toNames(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

function toFolded(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
