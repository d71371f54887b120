import { z } from 'zod';
import type { Brief } from '../../domain/brief.ts';
import type { Rpc } from './open-rpc.ts';
import { readTurns, type TurnEnd, type TurnsPlan } from './read-turns.ts';

/** One conversation with Codex. */
export interface Thread {
  /**
   * Says something, and waits until Codex has done what it wants to: what it said last, bound to the schema.
   * @throws Error when it ends in the middle.
   */
  takeTurn(words: string, schema: unknown): Promise<TurnEnd>;
}

export interface ThreadPlan extends TurnsPlan {
  readonly brief: Brief;
  /** The tree; null for a role without files. */
  readonly directory: string | null;
}

const threadSchema = z.object({ thread: z.object({ id: z.string() }) });

/** Begins a conversation that nothing remains of. The sandbox around Codex stands in for its own. */
export async function openThread(rpc: Rpc, plan: ThreadPlan): Promise<Thread> {
  const { brief, directory } = plan;
  await rpc.ask('initialize', {
    clientInfo: { name: 'baton', title: null, version: '1' },
    capabilities: null,
  });
  rpc.tell('initialized');
  const started = await rpc.ask('thread/start', {
    model: brief.model,
    ...(directory === null ? {} : { cwd: directory }),
    approvalPolicy: 'never',
    sandbox: 'danger-full-access',
    developerInstructions: brief.instructions,
    ephemeral: true,
  });
  const { id } = threadSchema.parse(started).thread;
  const readTurn = readTurns(rpc, plan);
  return {
    async takeTurn(words, schema) {
      const input = [{ type: 'text', text: words, text_elements: [] }];
      await rpc.ask('turn/start', { threadId: id, input, outputSchema: schema });
      return readTurn();
    },
  };
}
