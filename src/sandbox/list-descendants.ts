import { readdirSync, readFileSync } from 'node:fs';

/**
 * All processes that come from one, by who started whom, without `spared` and those that come from it; none where the
 * system has no `/proc`.
 */
export function listDescendants(root: number, spared: number | null = null): readonly number[] {
  const children = Map.groupBy(listProcesses(), ({ parent }) => parent);
  const found: number[] = [];
  const open = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const pids = (children.get(next) ?? []).map(({ pid }) => pid).filter((pid) => pid !== spared);
    found.push(...pids);
    open.push(...pids);
  }
  return found;
}

function listProcesses(): readonly { readonly pid: number; readonly parent: number }[] {
  return readNames('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const parent = readParent(name);
      return parent === null ? [] : [{ pid: Number(name), parent }];
    });
}

/** Who started a process; null when it has ended meanwhile. */
export function readParent(pid: string): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program is in brackets and may hold anything; the state and the parent follow it.
    const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(parent);
  } catch {
    return null;
  }
}

function readNames(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
