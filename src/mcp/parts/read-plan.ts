import { readSpec } from '../../domain/spec/read-spec.ts';
import { phaseTitle, type SpecReading } from '../../domain/spec/spec.ts';
import type { Task } from '../../domain/task.ts';
import { TaskRefusal } from '../../domain/task-refusal.ts';
import type { Desk } from '../tool.ts';

/** Where a plan is looked for, in this order. */
export const PLAN_FILES = ['.spec/SPEC.md', 'SPEC.md'] as const;

/** The plan as it lies in the repository now; null when there is none. */
export async function readPlan(
  { trees }: Desk,
  task: Task,
): Promise<{ path: string; reading: SpecReading } | null> {
  const file = await trees.readText(task.directory, PLAN_FILES);
  return file === null ? null : { path: file.path, reading: readSpec(file.text) };
}

/** The names of the phases in their order; null when no plan can be read. */
export async function readPhaseNames(desk: Desk, task: Task): Promise<readonly string[] | null> {
  const plan = await readPlan(desk, task);
  return plan?.reading.kind === 'read' ? plan.reading.phases.map(phaseTitle) : null;
}

/** @throws TaskRefusal when there is a plan, and no phase of this name in it. */
export async function refuseUnknownPhase(desk: Desk, task: Task, phase: string): Promise<void> {
  const names = await readPhaseNames(desk, task);
  if (names !== null && !names.includes(phase)) {
    throw new TaskRefusal({
      what: `the plan has no phase ${JSON.stringify(phase)}`,
      where: task.directory,
      remedy: `Its phases are: ${names.map((name) => JSON.stringify(name)).join(', ')}.`,
    });
  }
}
