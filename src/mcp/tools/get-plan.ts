import { z } from 'zod';
import { phaseTitle } from '../../domain/spec/spec.ts';
import { taskIdSchema } from '../../domain/task.ts';
import { TaskRefusal } from '../../domain/task-refusal.ts';
import { PLAN_FILES, readPlan } from '../parts/read-plan.ts';
import { readTask } from '../parts/read-task.ts';
import { defineTool } from '../tool.ts';

export const tool = defineTool({
  name: 'get-plan',
  summary: `Reads the phases of the plan (${PLAN_FILES.join(' or ')}) as it lies in the repository now, or all that is wrong with it.`,
  answers: '`path`, `phases` in the order in which they are done, `faults` with `line`, `what` and `remedy`',
  effect: 'reads',
  input: z.strictObject({ task_id: taskIdSchema }),
  async perform({ task_id }, desk) {
    const task = await readTask(desk, task_id);
    await desk.trees.admit(task.directory);
    const plan = await readPlan(desk, task);
    if (plan === null) {
      throw new TaskRefusal({
        what: `there is neither ${PLAN_FILES.join(' nor ')}`,
        where: task.directory,
        remedy: 'Write the plan into one of them.',
      });
    }
    const { path, reading } = plan;
    return reading.kind === 'faulty'
      ? { path, phases: [], faults: reading.faults }
      : {
          path,
          phases: reading.phases.map((phase) => ({ phase: phaseTitle(phase), ...phase })),
          faults: [],
        };
  },
});
