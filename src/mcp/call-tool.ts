import { randomUUID } from 'node:crypto';
import type { CallToolResult } from '@modelcontextprotocol/server';
import type { z } from 'zod';
import { TaskRefusal } from '../domain/task-refusal.ts';
import type { Log } from '../ports/log.ts';
import type { Gate } from './limits.ts';
import { type Answer, type Desk, type Tool, toToolName } from './tool.ts';

/** Who calls, for the log: `http 127.0.0.1` or `stdio uid 1000`. */
export type Caller = string;

/** Answers one call. It never throws: what goes wrong is an answer, too. */
export type CallTool = (tool: Tool, input: unknown, caller: Caller) => Promise<CallToolResult>;

/** What of an input is written to the log. Descriptions and paths are not: they may hold anything. */
const LOGGED = ['task_id', 'name', 'checkpoint_id', 'discard', 'commit_changes'] as const;

/** Makes the function that answers calls, within limits, and writes a line of the audit log for each. */
export function createCallTool({ desk, log, gate }: { desk: Desk; log: Log; gate: Gate }): CallTool {
  return async (tool, input, caller) => {
    const name = toToolName(tool);
    const startedMs = performance.now();
    const parsed = tool.input.safeParse(input);
    function audit(outcome: 'done' | 'refused' | 'broke', extra: Readonly<Record<string, unknown>>): void {
      const ms = Math.round(performance.now() - startedMs);
      log.info({ caller, tool: name, ...toLogged(parsed.data), outcome, ms, ...extra }, 'a tool was called');
    }
    try {
      const answer = await gate.pass(() => tool.perform(toInput(name, parsed), desk));
      audit('done', toIds(answer));
      return {
        content: [{ type: 'text', text: JSON.stringify(answer, null, 2) }],
        structuredContent: { ...answer },
      };
    } catch (error) {
      if (error instanceof TaskRefusal) {
        audit('refused', { reason: error.message });
        return toError(error.message);
      }
      // The fault may name anything; only the log is masked.
      const reference = randomUUID();
      log.error({ error, tool: name, reference }, 'a tool broke');
      audit('broke', { reference });
      return toError(
        `${name} broke. Nothing is lost: repeat the call. ` +
          `If it breaks again, the log of the server says why, under ${reference}.`,
      );
    }
  };
}

/** @throws TaskRefusal with everything that is wrong with the input. */
function toInput<Input>(name: string, parsed: z.ZodSafeParseResult<Input>): Input {
  if (parsed.success) {
    return parsed.data;
  }
  const faults = parsed.error.issues.map(
    ({ path, message }) => `${path.join('.') || 'the input'}: ${message}`,
  );
  throw new TaskRefusal({
    what: `the input is wrong: ${faults.join('; ').slice(0, 1_000)}`,
    where: name,
    remedy: 'Nothing was done. Correct it, then repeat the call.',
  });
}

/** Of an input that is in order; anything else may hold anything. */
function toLogged(input: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return Object.fromEntries(LOGGED.flatMap((key) => (key in input ? [[key, input[key]]] : [])));
}

function toIds({ task_id, id }: Answer): Readonly<Record<string, unknown>> {
  return {
    ...(task_id === undefined ? {} : { task_id }),
    ...(id === undefined ? {} : { checkpoint_id: id }),
  };
}

function toError(text: string): CallToolResult {
  return { isError: true, content: [{ type: 'text', text }] };
}
