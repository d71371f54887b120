import { z } from 'zod';
import { type Task, taskIdSchema } from '../../domain/task.ts';
import { TaskRefusal } from '../../domain/task-refusal.ts';
import { readPhaseNames } from '../parts/read-plan.ts';
import { readTask } from '../parts/read-task.ts';
import { type Desk, defineTool } from '../tool.ts';

export const tool = defineTool({
  name: 'get-task-state',
  summary:
    'Says where a task stands. `current_phase` is the first phase of the plan that is not complete; null without a ' +
    'plan that can be read, or when all are.',
  answers:
    '`task_id`, `description`, `working_directory`, `status`, `commit` (once it is completed), `phases_complete`, ' +
    '`current_phase`, `interrupted_rollback`',
  effect: 'reads',
  input: z.strictObject({ task_id: taskIdSchema }),
  async perform({ task_id }, desk) {
    const task = await readTask(desk, task_id);
    const { state } = task;
    const complete = (await desk.tasks.completedPhases(task.id)).map(({ phase }) => phase);
    const names = state.status === 'active' ? await readNames(desk, task) : null;
    return {
      task_id: task.id,
      description: task.description,
      working_directory: task.directory,
      status: state.status,
      commit: state.status === 'completed' ? state.commit : null,
      phases_complete: complete,
      current_phase: names?.find((name) => !complete.includes(name)) ?? null,
      interrupted_rollback: state.status === 'active' ? state.rollingBackTo : null,
    };
  },
});

/** What is known of a task is told also when its repository is gone or no longer allowed. */
async function readNames(desk: Desk, task: Task): Promise<readonly string[] | null> {
  try {
    await desk.trees.admit(task.directory);
    return await readPhaseNames(desk, task);
  } catch (error) {
    if (error instanceof TaskRefusal) {
      return null;
    }
    throw error;
  }
}
