import type { Task } from '../../domain/task.ts';
import { TaskRefusal } from '../../domain/task-refusal.ts';
import type { Desk } from '../tool.ts';

/** @throws TaskRefusal when there is no such task. */
export async function readTask({ tasks }: Desk, id: string): Promise<Task> {
  const task = await tasks.find(id);
  if (task === null) {
    throw new TaskRefusal({
      what: 'there is no such task',
      where: id,
      remedy:
        'Use the task_id that start_task gave; start_task with the same description and directory gives it again.',
    });
  }
  return task;
}

/**
 * Work on a task by nobody else at the same time, in a repository that is still allowed.
 * @throws TaskRefusal
 */
export async function workOnAny<Result>(
  desk: Desk,
  id: string,
  work: (task: Task) => Promise<Result>,
): Promise<Result> {
  const { directory } = await readTask(desk, id);
  return desk.tasks.alone(directory, async () => {
    await desk.trees.settle();
    await desk.trees.admit(directory);
    return work(await readTask(desk, id));
  });
}

/** The same for a task that is active. */
export async function workOn<Result>(
  desk: Desk,
  id: string,
  work: (task: Task) => Promise<Result>,
): Promise<Result> {
  return workOnAny(desk, id, (task) => work(requireActive(task)));
}

/** @throws TaskRefusal when the task is completed, or in the middle of a rollback. */
export function requireActive(task: Task): Task {
  if (task.state.status === 'completed') {
    throw new TaskRefusal({
      what: 'the task is completed, and is not changed any more',
      where: task.id,
      remedy: 'Start another one with start_task.',
    });
  }
  if (task.state.rollingBackTo !== null) {
    throw new TaskRefusal({
      what: 'a rollback was interrupted',
      where: `${task.id}, ${task.state.rollingBackTo}`,
      remedy: `Call rollback_to_checkpoint with ${task.state.rollingBackTo} again to finish it.`,
    });
  }
  return task;
}
