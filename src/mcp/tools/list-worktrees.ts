import { z } from 'zod';
import { taskIdSchema } from '../../domain/task.ts';
import { readTask } from '../parts/read-task.ts';
import { defineTool } from '../tool.ts';

export const tool = defineTool({
  name: 'list-worktrees',
  summary: 'Lists the worktrees of a task, by name.',
  answers:
    '`worktrees` with `name`, `worktree_path`, `branch`, `base`, `state` (`ready`, or what a crash interrupted)',
  effect: 'reads',
  input: z.strictObject({ task_id: taskIdSchema }),
  async perform({ task_id }, desk) {
    const task = await readTask(desk, task_id);
    const worktrees = await desk.tasks.worktrees(task.id);
    return {
      worktrees: worktrees.map(({ name, path, branch, base, state }) => ({
        name,
        worktree_path: path,
        branch,
        base,
        state,
      })),
    };
  },
});
