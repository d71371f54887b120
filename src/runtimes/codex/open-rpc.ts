import { z } from 'zod';
import type { SandboxedProcess } from '../../ports/sandbox.ts';
import { createQueue } from '../parts/create-queue.ts';
import { parseJson } from '../parts/parse-json.ts';

const idSchema = z.union([z.string(), z.int()]);

/** JSON-RPC as Codex has it: an answer, a request of its own, or a notification. */
const lineSchema = z.object({
  id: idSchema.optional(),
  method: z.string().optional(),
  params: z.unknown().optional(),
  result: z.unknown().optional(),
  error: z.object({ message: z.string() }).optional(),
});
type Line = z.infer<typeof lineSchema>;

/** What it tells by itself. */
export interface Notification {
  readonly method: string;
  readonly params: unknown;
}

/** A talk with the program's server. */
export interface Rpc {
  /** @throws Error with its words when it says no, or when it has ended. */
  ask(method: string, params: unknown): Promise<unknown>;
  tell(method: string): void;
  /** To be read once; over when the program has ended. */
  readonly notifications: AsyncIterable<Notification>;
}

const ENDED = 'it has ended';

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Speaks to a process that has been started. Whoever has started it ends it. */
export function openRpc(process: SandboxedProcess): Rpc {
  const waiting = new Map<unknown, Waiting>();
  const heard = createQueue<Notification>();
  const state = { asked: 0, hasEnded: false };

  function take({ id, method, params, result, error }: Line): void {
    if (method === undefined) {
      const answer = waiting.get(id);
      waiting.delete(id);
      return error === undefined ? answer?.resolve(result) : answer?.reject(new Error(error.message));
    }
    if (id === undefined) {
      return heard.add({ method, params });
    }
    // It asks a person, who is not here.
    process.send(JSON.stringify({ id, error: { code: -32_601, message: 'There is nobody to ask.' } }));
  }

  async function listen(): Promise<void> {
    for await (const line of process.lines) {
      const read = lineSchema.safeParse(parseJson(line));
      if (read.success) {
        take(read.data);
      }
    }
    state.hasEnded = true;
    heard.close();
    for (const { reject } of waiting.values()) {
      reject(new Error(ENDED));
    }
  }

  void listen();
  return {
    ask(method, params) {
      if (state.hasEnded) {
        return Promise.reject(new Error(ENDED));
      }
      state.asked += 1;
      const id = state.asked;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        process.send(JSON.stringify({ id, method, params }));
      });
    },
    tell: (method) => process.send(JSON.stringify({ method })),
    notifications: heard.items,
  };
}
