import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_LIMITS, type SandboxLimits } from '../../domain/sandbox-limits.ts';
import { isAlive } from '../end-sandbox.ts';
import { type Controller, toControllers } from './group-files.ts';
import { isOfFamily } from './is-of-family.ts';
import { makeGroup, type ProcessGroup } from './make-group.ts';
import { SERVER_GROUP, toOwnGroup } from './own-group.ts';

/** Control groups for commands, below the one of the server. */
export interface Groups {
  /** What they can limit. */
  readonly controllers: readonly Controller[];
  /** A new group, with nobody in it. */
  make(limits: SandboxLimits): ProcessGroup;
}

/** Why there are none. */
export interface NoGroups {
  readonly why: string;
}

const OWN_NAME = /^baton-(\d+)-\d+$/;
/** Whoever starts processes while we move them is caught up with. */
const MOVING_ROUNDS = 20;

/**
 * Finds out, by really doing it, whether this process may make control groups (version 2) with limits on processes,
 * memory or processor time. A group that hands out controllers must not have processes itself, so the server and
 * its family move into one beside those of the commands.
 */
export function openGroups(): Groups | NoGroups {
  const parent = toOwnGroup(read('/proc/self/cgroup'), read('/proc/self/mountinfo'));
  if (parent === null) {
    return { why: 'there are no control groups of version 2' };
  }
  const available = toControllers(read(join(parent, 'cgroup.controllers')));
  if (available.length === 0) {
    return { why: `${parent} has no controller for processes, memory or processor time` };
  }
  try {
    removeLeftovers(parent);
    const controllers = enable(parent, available);
    const groups = { controllers, make: toMaker(parent, controllers) };
    tryOut(groups);
    return groups;
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) };
  }
}

let made = 0;

function toMaker(parent: string, controllers: readonly Controller[]): Groups['make'] {
  return (limits) => {
    made += 1;
    return makeGroup(join(parent, `baton-${process.pid}-${made}`), limits, controllers);
  };
}

/** @throws Error when the parent is not ours to use. */
function enable(parent: string, controllers: readonly Controller[]): readonly Controller[] {
  const control = join(parent, 'cgroup.subtree_control');
  const missing = controllers.filter((one) => !toControllers(read(control)).includes(one));
  if (missing.length > 0) {
    // Of all groups, only the root of the hierarchy may have processes and hand out controllers; it has no type.
    if (existsSync(join(parent, 'cgroup.type'))) {
      moveFamily(parent);
    }
    writeFileSync(control, missing.map((controller) => `+${controller}`).join(' '));
  }
  return toControllers(read(control));
}

/** Moves all processes of the group. Those of others are not ours to move: then the group was not given to us alone. */
function moveFamily(parent: string): void {
  const server = join(parent, SERVER_GROUP);
  const members = listMembers(parent);
  const stranger = members.find((pid) => !isOfFamily(pid, process.pid));
  if (stranger !== undefined) {
    throw new Error(`${parent} is shared with process ${stranger}, which is not of this server`);
  }
  mkdirSync(server, { recursive: true });
  for (let round = 0; round < MOVING_ROUNDS && listMembers(parent).length > 0; round += 1) {
    listMembers(parent).forEach((pid) => move(pid, server));
  }
}

function move(pid: number, group: string): void {
  try {
    writeFileSync(join(group, 'cgroup.procs'), String(pid));
  } catch (error) {
    // One that has ended need not be moved.
    if (isAlive(pid)) {
      throw error;
    }
  }
}

function listMembers(group: string): readonly number[] {
  return read(join(group, 'cgroup.procs')).split('\n').filter(Boolean).map(Number);
}

/** Groups of servers that were killed; nobody is left in them. */
function removeLeftovers(parent: string): void {
  const leftovers = readdirSync(parent).filter((name) => {
    const owner = OWN_NAME.exec(name)?.[1];
    return owner !== undefined && !isAlive(Number(owner));
  });
  for (const name of leftovers) {
    try {
      rmdirSync(join(parent, name));
    } catch {
      // Somebody is in it all the same. It is in nobody's way.
    }
  }
}

/** @throws Error when a process cannot get into a group. */
function tryOut(groups: Groups): void {
  const group = groups.make(DEFAULT_LIMITS);
  try {
    const [program, ...args] = group.join;
    execFileSync(program, [...args, '/bin/true'], { stdio: 'pipe' });
  } finally {
    group.discard();
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
