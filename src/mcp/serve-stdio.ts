import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import type { Log } from '../ports/log.ts';
import type { CallTool } from './call-tool.ts';
import { createServer } from './create-server.ts';
import type { Tool } from './tool.ts';

/** The longest description and path, several times over. */
const LONGEST_MESSAGE = 256 * 1024;

export interface StdioOptions {
  readonly tools: readonly Tool[];
  readonly callTool: CallTool;
  readonly log: Log;
}

/** Serves one client on this process's standard input and output. Resolves when the client is gone, or a signal asks. */
export async function serveStandardIo({ tools, callTool, log }: StdioOptions): Promise<void> {
  const ended = Promise.withResolvers<void>();
  const transport = new StdioServerTransport(process.stdin, process.stdout, {
    maxBufferSize: LONGEST_MESSAGE,
  });
  const caller = `stdio uid ${process.getuid?.() ?? 'unknown'}`;
  const served = serveStdio(() => createServer(tools, callTool, caller), {
    transport,
    onerror: (error) => log.warn({ error }, 'a message over MCP was not understood'),
  });
  process.stdin.once('end', ended.resolve);
  process.stdin.once('close', ended.resolve);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => ended.resolve());
  }
  await ended.promise;
  await served.close();
}
