import { z } from 'zod';
import { type Task, type TaskWorktree, taskIdSchema } from '../../domain/task.ts';
import { TaskRefusal } from '../../domain/task-refusal.ts';
import { workOn } from '../parts/read-task.ts';
import { type Desk, defineTool } from '../tool.ts';

export const tool = defineTool({
  name: 'cleanup-worktrees',
  summary:
    'Removes all worktrees of a task, and those of their branches that are merged into what the repository stands ' +
    'on; other branches are kept. Refused for all when one has changes that are not committed, unless discard is true.',
  answers: '`removed` and `kept_branches`',
  effect: 'removes',
  input: z.strictObject({
    task_id: taskIdSchema,
    discard: z.boolean().default(false).describe('Whether changes that are not committed may be lost.'),
  }),
  perform({ task_id, discard }, desk) {
    const { tasks, trees } = desk;
    return workOn(desk, task_id, async (task) => {
      const worktrees = await tasks.worktrees(task.id);
      if (!discard) {
        await refuseChanges(desk, task, worktrees);
      }
      const kept: string[] = [];
      for (const worktree of worktrees) {
        await tasks.saveWorktree(task.id, { ...worktree, state: 'removing' });
        await trees.removeWorktree(task.directory, worktree.path);
        if ((await trees.removeMergedBranch(task.directory, worktree.branch)) === 'kept') {
          kept.push(worktree.branch);
        }
        await tasks.forgetWorktree(task.id, worktree.name);
      }
      return { removed: worktrees.map(({ name }) => name), kept_branches: kept };
    });
  },
});

/** All are looked at before any is removed. */
async function refuseChanges({ trees }: Desk, task: Task, worktrees: readonly TaskWorktree[]): Promise<void> {
  const changed: string[] = [];
  for (const worktree of worktrees.filter(({ state }) => state === 'ready')) {
    if (await trees.hasChanges({ directory: task.directory, worktree })) {
      changed.push(worktree.path);
    }
  }
  if (changed.length > 0) {
    throw new TaskRefusal({
      what: 'there are changes that are not committed',
      where: changed.join(', '),
      remedy: 'Commit them with create_checkpoint, or call again with discard: true to lose them.',
    });
  }
}
