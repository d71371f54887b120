import { z } from 'zod';
import { directorySchema, type TaskWorktree, taskIdSchema, worktreeNameSchema } from '../../domain/task.ts';
import { TaskRefusal } from '../../domain/task-refusal.ts';
import type { TaskTrees } from '../../ports/task-trees.ts';
import { workOn } from '../parts/read-task.ts';
import { defineTool } from '../tool.ts';

/** More than that is no plan any more. */
const MOST = 50;

export const tool = defineTool({
  name: 'create-worktree',
  summary:
    'Makes a git worktree on the branch baton/<task_id>/<name>, from the commit that the repository stands on. One ' +
    'that is there already is returned as it is; a branch that was kept is taken up again.',
  answers: '`name`, `worktree_path`, `branch`, `base` (what the repository stood on when it was first made)',
  effect: 'adds',
  input: z.strictObject({
    task_id: taskIdSchema,
    name: worktreeNameSchema.describe('Such as the name of the module that is built in it.'),
    base_dir: directorySchema.optional().describe('The working_directory of the task. It can be left out.'),
  }),
  perform({ task_id, name, base_dir }, desk) {
    const { tasks, trees } = desk;
    return workOn(desk, task_id, async (task) => {
      await refuseOther(trees, { given: base_dir, directory: task.directory });
      const all = await tasks.worktrees(task.id);
      const known = all.find((one) => one.name === name);
      if (known === undefined && all.length >= MOST) {
        throw new TaskRefusal({
          what: `a task has at most ${MOST} worktrees`,
          where: task.id,
          remedy: 'Merge what is done, then call cleanup_worktrees.',
        });
      }
      const worktree: TaskWorktree = known ?? {
        name,
        path: trees.toWorktreePath(task.id, name),
        branch: `baton/${task.id}/${name}`,
        base: await trees.readHead(task.directory),
        state: 'making',
      };
      if (worktree.state === 'removing') {
        throw new TaskRefusal({
          what: 'the removal of this worktree was interrupted',
          where: `${task.id}, ${name}`,
          remedy: 'Call cleanup_worktrees again to finish it.',
        });
      }
      // Before anything is made, so that what a crash leaves is known.
      await tasks.saveWorktree(task.id, worktree);
      await trees.ensureWorktree(task.directory, worktree);
      await tasks.saveWorktree(task.id, { ...worktree, state: 'ready' });
      return { name, worktree_path: worktree.path, branch: worktree.branch, base: worktree.base };
    });
  },
});

async function refuseOther(
  trees: TaskTrees,
  { given, directory }: { readonly given: string | undefined; readonly directory: string },
): Promise<void> {
  if (given !== undefined && (await trees.admit(given)) !== directory) {
    throw new TaskRefusal({
      what: 'base_dir is another repository than that of the task',
      where: given,
      remedy: `Leave it out, or give ${directory}.`,
    });
  }
}
