import { z } from 'zod';
import { type Tool, toToolName } from '../../src/mcp/tool.ts';
import { toCode, toPage, toTable } from './markdown.ts';

const inputSchema = z.object({
  properties: z.record(
    z.string(),
    z.object({ type: z.string(), description: z.string().optional(), default: z.boolean().optional() }),
  ),
  required: z.array(z.string()).default([]),
});

const EFFECTS = {
  reads: 'It changes nothing.',
  adds: 'It adds, and takes nothing away.',
  removes: 'It can take something away.',
} as const satisfies Record<Tool['effect'], string>;

export function mcpToolsPage(tools: Iterable<Tool>): string {
  return toPage(
    'Tools for interactive agents',
    'What an agent can call over MCP ([guide](../guides/mcp.md)). Repeating a call with the same input gives the same answer and does nothing twice.',
    [...tools].map((tool) =>
      [
        `## ${toToolName(tool)}`,
        tool.summary,
        toTable(['input', 'type', 'what'], toRows(tool)),
        `Answers ${tool.answers}. ${EFFECTS[tool.effect]}`,
      ].join('\n\n'),
    ),
  );
}

function toRows(tool: Tool): readonly (readonly string[])[] {
  const { properties, required } = inputSchema.parse(z.toJSONSchema(tool.input, { io: 'input' }));
  return Object.entries(properties).map(([name, { type, description = '', default: standard }]) => [
    toCode(name),
    required.includes(name) ? type : `${type}, optional`,
    standard === undefined ? description : `${description} Without it ${toCode(String(standard))}.`,
  ]);
}
