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

/** All processes of a group; none where the system has no `/proc`. */
export function listGroup(leader: number): readonly number[] {
  return listProcesses().flatMap(({ pid, group }) => (group === leader ? [pid] : []));
}

interface Kin {
  readonly parent: number;
  readonly group: number;
}

function listProcesses(): readonly (Kin & { readonly pid: number })[] {
  return readNames('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const kin = readKin(name);
      return kin === null ? [] : [{ pid: Number(name), ...kin }];
    });
}

/** Who started a process; null when it has ended meanwhile. */
export function readParent(pid: string): number | null {
  return readKin(pid)?.parent ?? null;
}

function readKin(pid: string): Kin | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program is in brackets and may hold anything; the state, the parent and the group follow it.
    const [, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { parent: Number(parent), group: Number(group) };
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
