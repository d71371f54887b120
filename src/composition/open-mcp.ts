import type { Settings } from '../config/settings.ts';
import { listenOrSay } from './listen-or-say.ts';
import type { TaskNeeds } from './open-task-desk.ts';

/** Listens for interactive agents where the operator asked for it; null where not, and then nothing of it is loaded. */
export async function openMcp(
  settings: Pick<Settings, 'home' | 'mcp'>,
  needs: TaskNeeds,
): Promise<{ close(): Promise<void> } | null> {
  const { mcp } = settings;
  if (mcp.listen === null) {
    return null;
  }
  const [{ openTaskDesk }, { listen }, { tools }] = await Promise.all([
    import('./open-task-desk.ts'),
    import('../mcp/http/listen.ts'),
    import('../mcp/tools/registry.gen.ts'),
  ]);
  const desk = await openTaskDesk(settings, needs);
  const { host, port, token, names } = mcp.listen;
  const { callTool } = desk;
  const listening = await listenOrSay(
    () => listen({ host, port, names, token: token.reveal(), tools, callTool, log: needs.log }),
    { host, port, setting: 'BATON_MCP_PORT' },
  );
  needs.log.info({ url: listening.url }, 'interactive agents can connect over MCP');
  return {
    async close() {
      await listening.close();
      await desk.close();
    },
  };
}
