import { z } from 'zod';
import { checkpointIdSchema, phaseNameSchema, taskIdSchema } from '../../domain/task.ts';
import { TaskRefusal } from '../../domain/task-refusal.ts';
import { workOn } from '../parts/read-task.ts';
import { pickCheckpoint } from '../parts/to-place.ts';
import { defineTool } from '../tool.ts';

export const tool = defineTool({
  name: 'mark-phase-complete',
  summary: 'Records that a phase is complete, with the checkpoint of that phase which stands for it.',
  answers: '`task_id`, `phases_complete`',
  effect: 'adds',
  input: z.strictObject({
    task_id: taskIdSchema,
    phase: phaseNameSchema.describe('As it was given to create_checkpoint.'),
    checkpoint_id: checkpointIdSchema,
  }),
  perform({ task_id, phase, checkpoint_id }, desk) {
    return workOn(desk, task_id, async (task) => {
      const checkpoint = pickCheckpoint(task, await desk.tasks.checkpoints(task.id), checkpoint_id);
      if (checkpoint.phase !== phase) {
        throw new TaskRefusal({
          what: `${checkpoint_id} is a checkpoint of ${JSON.stringify(checkpoint.phase)}, not of ${JSON.stringify(phase)}`,
          where: task.id,
          remedy: 'Make a checkpoint of this phase with create_checkpoint.',
        });
      }
      const kept = await desk.tasks.completePhase(task.id, { phase, checkpointId: checkpoint_id });
      if (kept.checkpointId !== checkpoint_id) {
        throw new TaskRefusal({
          what: `the phase is already complete, with ${kept.checkpointId}`,
          where: `${task.id}, ${phase}`,
          remedy: 'Nothing has to be done.',
        });
      }
      const complete = await desk.tasks.completedPhases(task.id);
      return { task_id: task.id, phases_complete: complete.map((one) => one.phase) };
    });
  },
});
