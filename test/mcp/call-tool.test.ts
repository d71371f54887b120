import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createCallTool } from '../../src/mcp/call-tool.ts';
import { createGate, LIMITS } from '../../src/mcp/limits.ts';
import type { Desk, Tool } from '../../src/mcp/tool.ts';
import { createLog } from '../../src/telemetry/create-log.ts';

const BREAKING: Tool = {
  name: 'breaks',
  summary: 'breaks',
  answers: 'nothing',
  effect: 'reads',
  input: z.object({}),
  perform: () => Promise.reject(new Error('postgres://baton:hunter2@db/baton is away')),
};

describe('src/mcp/call-tool', () => {
  it('tells whoever called where the log has the fault, and nothing of it', async () => {
    const lines: string[] = [];
    const log = createLog({
      level: 'info',
      format: 'json',
      secrets: ['hunter2'],
      write: (line) => void lines.push(line),
    });
    const callTool = createCallTool({ desk: {} as Desk, log, gate: createGate(LIMITS) });
    const { isError, content } = await callTool(BREAKING, {}, 'stdio uid 1000');
    expect(isError).toBe(true);
    const said = JSON.stringify(content);
    expect(said).not.toContain('postgres');
    const reference = /under ([\w-]{36})/.exec(said)?.[1] ?? 'none';
    expect(lines.filter((line) => line.includes(reference))).toHaveLength(2);
    expect(lines.join('')).toContain('is away');
    expect(lines.join('')).not.toContain('hunter2');
  });
});
