import { join } from 'node:path';
import type { Settings } from '../config/settings.ts';
import { type CallTool, createCallTool } from '../mcp/call-tool.ts';
import { listen } from '../mcp/http/listen.ts';
import { createGate, LIMITS } from '../mcp/limits.ts';
import { tools } from '../mcp/tools/registry.gen.ts';
import type { Log } from '../ports/log.ts';
import { openTasks } from '../store/open-tasks.ts';
import { systemClock } from '../system/system-clock.ts';
import { openTaskTrees } from '../workspace/tasks/open-task-trees.ts';

interface McpNeeds {
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
  { databaseUrl, log }: McpNeeds,
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

/** Listens for interactive agents where the operator asked for it; null where not. */
export async function openMcp(
  settings: Pick<Settings, 'home' | 'mcp'>,
  needs: McpNeeds,
): Promise<{ close(): Promise<void> } | null> {
  const { mcp } = settings;
  if (mcp.listen === null) {
    return null;
  }
  const desk = await openTaskDesk(settings, needs);
  const { host, port, token, names } = mcp.listen;
  const listening = await listen({
    host,
    port,
    names,
    token: token.reveal(),
    tools,
    callTool: desk.callTool,
    log: needs.log,
  });
  needs.log.info({ url: listening.url }, 'interactive agents can connect over MCP');
  return {
    async close() {
      await listening.close();
      await desk.close();
    },
  };
}
