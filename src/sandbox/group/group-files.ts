import type { SandboxLimits } from '../../domain/sandbox-limits.ts';

/** The controllers that limits are made of. */
const CONTROLLERS = ['pids', 'memory', 'cpu'] as const;
export type Controller = (typeof CONTROLLERS)[number];

/** The ones of a list, as `cgroup.controllers` has it, that limits are made of. */
export function toControllers(list: string): readonly Controller[] {
  const names = list.trim().split(/\s+/);
  return CONTROLLERS.filter((controller) => names.includes(controller));
}

/** A file of a group, and what to write into it. */
interface GroupFile {
  readonly name: string;
  readonly content: string;
  /** Whether the kernel may lack it. */
  readonly optional?: true;
}

const PERIOD_MICROSECONDS = 100_000;

/** The files that make a group's limits. */
export function toGroupFiles(
  limits: Pick<SandboxLimits, 'processes' | 'memoryBytes' | 'cpus'>,
  controllers: readonly Controller[],
): readonly GroupFile[] {
  const { processes, memoryBytes, cpus } = limits;
  const files: Readonly<Record<Controller, readonly GroupFile[]>> = {
    pids: [{ name: 'pids.max', content: String(processes) }],
    memory: [
      { name: 'memory.max', content: String(memoryBytes) },
      // There is none where the kernel cannot swap.
      { name: 'memory.swap.max', content: '0', optional: true },
      // All of it is ended, and not one process, which the others would take for a crash.
      { name: 'memory.oom.group', content: '1' },
    ],
    cpu:
      cpus === null
        ? []
        : [{ name: 'cpu.max', content: `${Math.round(cpus * PERIOD_MICROSECONDS)} ${PERIOD_MICROSECONDS}` }],
  };
  return controllers.flatMap((controller) => files[controller]);
}

/** How often a group was ended for its memory, from its `memory.events`. */
export function toOomKills(events: string): number {
  return Number(/^oom_kill (\d+)$/m.exec(events)?.[1] ?? 0);
}
