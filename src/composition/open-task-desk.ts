import { join } from 'node:path';
import type { Settings } from '../config/settings.ts';
import { type CallTool, createCallTool } from '../mcp/call-tool.ts';
import { createGate, LIMITS } from '../mcp/limits.ts';
import type { Log } from '../ports/log.ts';
import { openTasks } from '../store/open-tasks.ts';
import { systemClock } from '../system/system-clock.ts';
import { openTaskTrees } from '../workspace/tasks/open-task-trees.ts';

export interface TaskNeeds {
  readonly databaseUrl: string;
  readonly log: Log;
}

/** The state machine, ready to answer calls. */
export interface TaskDesk {
  readonly callTool: CallTool;
  close(): Promise<void>;
}

/** Opens what the tools work with: the tasks in the database, and git. */
export async function openTaskDesk(
  { home, mcp }: Pick<Settings, 'home' | 'mcp'>,
  { databaseUrl, log }: TaskNeeds,
): Promise<TaskDesk> {
  const tasks = await openTasks(databaseUrl, log);
  const trees = await openTaskTrees({ home: join(home, 'mcp'), roots: mcp.roots });
  const gate = createGate(LIMITS);
  return {
    callTool: createCallTool({ desk: { tasks, trees, clock: systemClock }, log, gate }),
    async close() {
      // Git commands have time limits, so this ends.
      await gate.close();
      await trees.close();
      await tasks.close();
    },
  };
}
