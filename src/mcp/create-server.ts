import { McpServer, type StandardSchemaWithJSON } from '@modelcontextprotocol/server';
import type { Caller, CallTool } from './call-tool.ts';
import { type Tool, toToolName } from './tool.ts';

const INSTRUCTIONS = [
  'These tools keep the state of a task and do its git work: worktrees, checkpoints, rollback. They decide nothing.',
  'Begin with start_task. After a crash or a lost answer, repeat the call: nothing is done twice.',
  'Nothing is pushed, and nothing that a repository configures (hooks, filters) is run.',
].join(' ');

/** What makes the protocol's side of one connection or request. */
export function createServer(tools: readonly Tool[], callTool: CallTool, caller: Caller): McpServer {
  const server = new McpServer(
    { name: 'baton', version: '1.0.0' },
    { capabilities: { tools: {} }, instructions: INSTRUCTIONS },
  );
  for (const tool of tools) {
    server.registerTool(
      toToolName(tool),
      {
        description: tool.summary,
        inputSchema: toAdvertised(tool.input),
        annotations: {
          readOnlyHint: tool.effect === 'reads',
          destructiveHint: tool.effect === 'removes',
          idempotentHint: true,
          openWorldHint: false,
        },
      },
      (input) => callTool(tool, input, caller),
    );
  }
  return server;
}

/** Tells clients what a tool takes, and leaves the judgement to us: then each wrong call is answered and logged alike. */
function toAdvertised(input: Tool['input']): StandardSchemaWithJSON {
  const standard = input['~standard'];
  return { '~standard': { ...standard, validate: (value) => ({ value }) } };
}
