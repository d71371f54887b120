import { z } from 'zod';
import { type Task, taskIdSchema } from '../../domain/task.ts';
import { TaskRefusal } from '../../domain/task-refusal.ts';
import { readTask, requireActive, workOnAny } from '../parts/read-task.ts';
import { toKeptRefs } from '../parts/to-place.ts';
import { type Desk, defineTool } from '../tool.ts';

export const tool = defineTool({
  name: 'complete-task',
  summary:
    'Ends a task. With commit_changes, what is not committed in the repository is committed first. Refused while ' +
    'there are worktrees. What was kept of commits that no branch has any more is given up.',
  answers: '`task_id`, `status`, `commit`',
  effect: 'removes',
  input: z.strictObject({
    task_id: taskIdSchema,
    commit_changes: z.boolean().default(true).describe('Whether to commit what is not committed yet.'),
  }),
  async perform({ task_id, commit_changes }, desk) {
    const before = await readTask(desk, task_id);
    // Its repository is needed no more, and may be gone.
    if (before.state.status === 'completed') {
      return show(before.id, before.state.commit);
    }
    return workOnAny(desk, task_id, async (task) => {
      const { state } = task;
      const commit = state.status === 'completed' ? state.commit : await finish(desk, task, commit_changes);
      return show(task.id, commit);
    });
  },
});

async function finish(desk: Desk, task: Task, commitChanges: boolean): Promise<string> {
  await refuseWorktrees(desk, requireActive(task));
  const commit = commitChanges ? await commitRest(desk, task) : await desk.trees.readHead(task.directory);
  await desk.trees.dropKept(task.directory, toKeptRefs(task));
  await desk.tasks.complete(task.id, commit);
  return commit;
}

function show(id: string, commit: string) {
  return { task_id: id, status: 'completed', commit };
}

async function refuseWorktrees({ tasks }: Desk, task: Task): Promise<void> {
  const worktrees = await tasks.worktrees(task.id);
  if (worktrees.length > 0) {
    throw new TaskRefusal({
      what: `the task still has worktrees: ${worktrees.map(({ name }) => name).join(', ')}`,
      where: task.id,
      remedy: 'Merge what is done in them, then call cleanup_worktrees.',
    });
  }
}

async function commitRest({ trees, clock }: Desk, task: Task): Promise<string> {
  const { commit } = await trees.seal(
    { directory: task.directory, worktree: null },
    {
      subject: task.description.split('\n', 1)[0] ?? '',
      trailers: { 'Baton-Task': task.id },
      at: clock.now(),
      keepUnder: toKeptRefs(task),
    },
  );
  return commit;
}
