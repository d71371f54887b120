import { z } from 'zod';
import { descriptionSchema, directorySchema } from '../../domain/task.ts';
import { defineTool } from '../tool.ts';

export const tool = defineTool({
  name: 'start-task',
  summary:
    'Starts a task in a git repository on this machine. While it is active, the same description and directory give ' +
    'the same task.',
  answers: '`task_id`, `status`, `working_directory` (its real path)',
  effect: 'adds',
  input: z.strictObject({
    description: descriptionSchema.describe('What the task is, in one or a few sentences.'),
    working_directory: directorySchema.describe('Absolute path of the top directory of the repository.'),
  }),
  async perform({ description, working_directory }, { tasks, trees }) {
    const directory = await trees.admit(working_directory);
    const task = await tasks.start({ description, directory });
    return { task_id: task.id, status: task.state.status, working_directory: directory };
  },
});
