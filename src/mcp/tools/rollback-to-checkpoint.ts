import { z } from 'zod';
import { checkpointIdSchema, type Task, type TaskCheckpoint, taskIdSchema } from '../../domain/task.ts';
import { TaskRefusal } from '../../domain/task-refusal.ts';
import type { TaskPlace } from '../../ports/task-trees.ts';
import { workOnAny } from '../parts/read-task.ts';
import { showCheckpoint } from '../parts/show-checkpoint.ts';
import { pickCheckpoint, toKeptRefs, toPlaceOf } from '../parts/to-place.ts';
import { type Desk, defineTool } from '../tool.ts';

export const tool = defineTool({
  name: 'rollback-to-checkpoint',
  summary:
    'Puts the branch and the files of the place where a checkpoint was made back to it. Commits since then leave the ' +
    'branch and are kept until the task is completed. Refused when something is not committed, unless discard is true. ' +
    'Ignored files stay. Phases stay marked as complete.',
  answers: '`rolled_back_to`: the checkpoint, as create_checkpoint answers it',
  effect: 'removes',
  input: z.strictObject({
    task_id: taskIdSchema,
    checkpoint_id: checkpointIdSchema,
    discard: z.boolean().default(false).describe('Whether changes that are not committed may be lost.'),
  }),
  perform({ task_id, checkpoint_id, discard }, desk) {
    return workOnAny(desk, task_id, async (task) => {
      const begun = readBegun(task, checkpoint_id);
      const checkpoint = pickCheckpoint(task, await desk.tasks.checkpoints(task.id), checkpoint_id);
      const place = await openPlace(desk, task, checkpoint);
      if (!discard && begun === 'no') {
        await refuseChanges(desk, place);
      }
      await rollBack(desk, task, { place, checkpoint, begun });
      return { rolled_back_to: showCheckpoint(checkpoint) };
    });
  },
});

/** The place of a checkpoint. A worktree whose directory somebody removed is made again. */
async function openPlace({ tasks, trees }: Desk, task: Task, checkpoint: TaskCheckpoint): Promise<TaskPlace> {
  const worktrees = await tasks.worktrees(task.id);
  const worktree = worktrees.find(({ name }) => name === checkpoint.worktree);
  if (worktree !== undefined && worktree.state === 'ready') {
    await trees.ensureWorktree(task.directory, worktree);
  }
  return toPlaceOf(task, worktrees, checkpoint);
}

interface Rollback {
  readonly place: TaskPlace;
  readonly checkpoint: TaskCheckpoint;
  readonly begun: 'yes' | 'no';
}

async function rollBack(
  { tasks, trees }: Desk,
  task: Task,
  { place, checkpoint, begun }: Rollback,
): Promise<void> {
  // Before anything is touched: what lies there half-way is told from somebody's work by this mark.
  await tasks.markRollback(task.id, checkpoint.id);
  try {
    const { sha: commit, branch } = checkpoint;
    await trees.reset(place, { commit, branch, keepUnder: toKeptRefs(task) });
  } catch (error) {
    // Refused is before touched, unless an earlier try has touched it.
    if (error instanceof TaskRefusal && begun === 'no') {
      await tasks.markRollback(task.id, null);
    }
    throw error;
  }
  await tasks.markRollback(task.id, null);
}

/** Whether this very rollback was interrupted: what lies there now is half of it, and nobody's work. */
function readBegun({ id, state }: Task, checkpointId: string): 'yes' | 'no' {
  if (state.status === 'completed') {
    throw new TaskRefusal({
      what: 'the task is completed, and is not changed any more',
      where: id,
      remedy: 'Use git, or start another task with start_task.',
    });
  }
  if (state.rollingBackTo !== null && state.rollingBackTo !== checkpointId) {
    throw new TaskRefusal({
      what: `a rollback to ${state.rollingBackTo} was interrupted`,
      where: id,
      remedy: `Call rollback_to_checkpoint with ${state.rollingBackTo} first, to finish it.`,
    });
  }
  return state.rollingBackTo === null ? 'no' : 'yes';
}

async function refuseChanges({ trees }: Desk, place: TaskPlace): Promise<void> {
  if (await trees.hasChanges(place)) {
    throw new TaskRefusal({
      what: 'there are changes that are not committed',
      where: place.worktree?.path ?? place.directory,
      remedy: 'Commit them with create_checkpoint, or call again with discard: true to lose them.',
    });
  }
}
