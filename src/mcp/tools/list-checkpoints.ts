import { z } from 'zod';
import { taskIdSchema } from '../../domain/task.ts';
import { readTask } from '../parts/read-task.ts';
import { showCheckpoint } from '../parts/show-checkpoint.ts';
import { defineTool } from '../tool.ts';

export const tool = defineTool({
  name: 'list-checkpoints',
  summary: 'Lists the checkpoints of a task, oldest first.',
  answers: '`checkpoints`, each as create_checkpoint answers it',
  effect: 'reads',
  input: z.strictObject({ task_id: taskIdSchema }),
  async perform({ task_id }, desk) {
    const task = await readTask(desk, task_id);
    return { checkpoints: (await desk.tasks.checkpoints(task.id)).map(showCheckpoint) };
  },
});
