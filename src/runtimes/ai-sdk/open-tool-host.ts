import { join } from 'node:path';
import { z } from 'zod';
import type { CommandResult } from '../../domain/evidence.ts';
import type { Sandbox, SandboxedProcess } from '../../ports/sandbox.ts';
import { type Failure, failed, failedForNow } from '../parts/failure.ts';
import { parseJson } from '../parts/parse-json.ts';
import { MOST_SECONDS, type ToolInputs, type ToolName } from '../tool-host/protocol.ts';

/** Its directory is all of ours that the sandbox shows. */
const DIRECTORY = join(import.meta.dirname, '../tool-host');

/** A command that kills everything it sees kills the tools too; they come back, but not for ever. */
const MOST_STARTS = 4;
/** Longer than any tool takes by its own limits, in milliseconds. */
const LONGEST_CALL_MS = (MOST_SECONDS + 30) * 1000;

const answerSchema = z.object({ id: z.int(), ok: z.boolean(), text: z.string().max(200_000) });
type Answer = Pick<z.infer<typeof answerSchema>, 'ok' | 'text'>;

/** The tools of one agent, in its sandbox. */
export interface ToolHost {
  /** One call at a time. Never rejects: what went wrong is for the model to read. */
  call<Name extends ToolName>(tool: Name, input: ToolInputs[Name]): Promise<Answer>;
  /** Why there are no tools any more, or why what they did is worth nothing; null for neither. */
  failure(): Failure | null;
  /** Ends everything that the tools have started, and takes a last look at what they have written. */
  close(): Promise<void>;
}

export interface ToolHostPlace {
  readonly sandbox: Sandbox;
  readonly tree: { readonly path: string; readonly access: 'read' | 'write' };
  /** Toolchains for the agent's commands. */
  readonly tools: { readonly readOnly: readonly string[]; readonly path: readonly string[] };
  readonly timeoutMs: number;
}

/** The process starts at once, while the model thinks about its first answer. */
export function openToolHost(place: ToolHostPlace, signal: AbortSignal): ToolHost {
  let running = start(place, signal);
  let starts = 1;
  let calls = 0;
  let failure: Failure | null = null;

  /** The tools have ended in the middle of a call. */
  async function replace(host: Started): Promise<Answer> {
    await host.process.end();
    const end = await host.process.ended;
    failure = toFailure(end);
    if (failure !== null) {
      return { ok: false, text: failure.message };
    }
    if (starts >= MOST_STARTS) {
      failure = failedForNow('sandbox', 'The tools were ended again and again.', 'Retry the step.');
    } else if (!signal.aborted) {
      starts += 1;
      running = start(place, signal);
    }
    const why = end.kind === 'over-limit' ? ` ${end.reason}` : '';
    return { ok: false, text: `The tools were ended in the middle of this call.${why}` };
  }

  return {
    async call(tool, input) {
      if (failure !== null) {
        return { ok: false, text: failure.message };
      }
      calls += 1;
      const host = await running;
      host.process.send(JSON.stringify({ id: calls, tool, input }));
      const overdue = setTimeout(() => void host.process.end(), LONGEST_CALL_MS);
      const answer = await nextAnswer(host.lines, calls);
      clearTimeout(overdue);
      return answer ?? (await replace(host));
    },
    failure: () => failure,
    async close() {
      const host = await running.catch(() => null);
      if (host !== null) {
        await host.process.end();
        failure ??= toFailure(await host.process.ended);
      }
    },
  };
}

/**
 * Null where the model may go on: with new tools, it can do otherwise what took too much memory or too many processes.
 * A tree that is too large stays so.
 */
function toFailure(end: CommandResult): Failure | null {
  if (end.kind === 'unavailable') {
    return end.retriable === true
      ? failedForNow('sandbox', end.reason, end.remedy)
      : failed('sandbox', end.reason, end.remedy);
  }
  return end.kind === 'over-limit' && ['tree', 'files', 'volume', 'uncounted'].includes(end.limit)
    ? failedForNow('sandbox', `The agent's tools were ended. ${end.reason}`, end.remedy)
    : null;
}

interface Started {
  readonly process: SandboxedProcess;
  readonly lines: AsyncIterator<string>;
}

function start(place: ToolHostPlace, signal: AbortSignal): Promise<Started> {
  const { sandbox, tree, tools, timeoutMs } = place;
  const command = {
    argv: [
      process.execPath,
      join(DIRECTORY, 'main.ts'),
      ...(sandbox.kind === 'bubblewrap' ? ['--alone'] : []),
    ],
    tree,
    readOnly: [DIRECTORY, ...tools.readOnly],
    path: tools.path,
    timeoutMs,
  } as const;
  const started = sandbox
    .start(command, signal)
    .then((process) => ({ process, lines: process.lines[Symbol.asyncIterator]() }));
  // Whoever makes a call hears of it; perhaps nobody does.
  started.catch(() => undefined);
  return started;
}

/** The answer to one call; null when there is none to come. Other lines were written by who knows whom. */
async function nextAnswer(lines: AsyncIterator<string>, id: number): Promise<Answer | null> {
  for (;;) {
    const line = await lines.next();
    if (line.done === true) {
      return null;
    }
    const answer = answerSchema.safeParse(parseJson(line.value));
    if (answer.success && answer.data.id === id) {
      return answer.data;
    }
  }
}
