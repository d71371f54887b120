import { z } from 'zod';
import { directorySchema, phaseNameSchema, taskIdSchema } from '../../domain/task.ts';
import { refuseUnknownPhase } from '../parts/read-plan.ts';
import { workOn } from '../parts/read-task.ts';
import { showCheckpoint } from '../parts/show-checkpoint.ts';
import { toKeptRefs, toPlace } from '../parts/to-place.ts';
import { defineTool } from '../tool.ts';

export const tool = defineTool({
  name: 'create-checkpoint',
  summary:
    'Commits all changes that are not ignored, on the branch that is checked out there, and keeps the commit. Without ' +
    'changes, the commit that is there becomes the checkpoint. The same state again is the same checkpoint.',
  answers: '`id`, `sha`, `message`, `phase`, `worktree`, `branch`, `at`',
  effect: 'adds',
  input: z.strictObject({
    task_id: taskIdSchema,
    phase: phaseNameSchema.describe('A phase as get_plan names it, if there is a plan.'),
    working_directory: directorySchema.describe(
      'The working_directory of the task, or a worktree_path of it.',
    ),
  }),
  perform({ task_id, phase, working_directory }, desk) {
    return workOn(desk, task_id, async (task) => {
      await refuseUnknownPhase(desk, task, phase);
      const { place, worktree } = toPlace(task, await desk.tasks.worktrees(task.id), working_directory);
      const at = desk.clock.now();
      const sealed = await desk.trees.seal(place, {
        subject: `Checkpoint: ${phase}`,
        trailers: { 'Baton-Task': task.id, 'Baton-Phase': phase },
        at,
        keepUnder: toKeptRefs(task),
      });
      const { commit: sha, message, branch } = sealed;
      const checkpoint = await desk.tasks.addCheckpoint(task.id, {
        sha,
        message,
        phase,
        worktree,
        branch,
        at,
      });
      return showCheckpoint(checkpoint);
    });
  },
});
