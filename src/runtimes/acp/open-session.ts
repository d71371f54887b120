import {
  type ContentBlock,
  client,
  methods,
  PROTOCOL_VERSION,
  type StopReason,
} from '@agentclientprotocol/sdk';
import type { Brief } from '../../domain/brief.ts';
import type { AgentEvent } from '../../ports/agent-event.ts';
import { type Failure, failed, toModelRefused, toTooManyTurns } from '../parts/failure.ts';
import type { StartedAgent } from '../parts/start-agent.ts';
import { answerPermission } from './answer-permission.ts';
import { openWire } from './open-wire.ts';
import { createTeller } from './tell.ts';
import { readUpdate } from './update.ts';

/** How a turn ended: with what the agent said last, or why not. */
export type TurnEnd = { readonly kind: 'said'; readonly text: string } | Failure;

/** One conversation with an agent. */
export interface Session {
  /**
   * Says something, and waits until the agent has done what it wants to.
   * @throws Error with its words when it cannot, or when it has ended.
   */
  takeTurn(words: string): Promise<TurnEnd>;
}

export interface SessionPlan {
  readonly brief: Brief;
  readonly emit: (event: AgentEvent) => void;
}

/**
 * Begins a conversation with a process that was started: it uses the files and commands of its sandbox and none of
 * ours, and no server of tools. A failure when it does not speak our version of the protocol.
 * @throws Error with its words when it says no, or when it has ended.
 */
export async function openSession(process: StartedAgent, plan: SessionPlan): Promise<Session | Failure> {
  const { brief, emit } = plan;
  const teller = createTeller(emit);
  const { agent } = client({ name: 'baton' })
    .onRequest(methods.client.session.requestPermission, ({ params }) => answerPermission(params, brief))
    .connect(
      openWire(process, (notification) => {
        const update = readUpdate(notification);
        if (update !== null) {
          teller.hear(update);
        }
      }),
    );
  const { protocolVersion } = await agent.request(methods.agent.initialize, {
    protocolVersion: PROTOCOL_VERSION,
    clientCapabilities: { fs: { readTextFile: false, writeTextFile: false }, terminal: false },
    clientInfo: { name: 'baton', version: '1' },
  });
  if (protocolVersion !== PROTOCOL_VERSION) {
    const message = `The agent speaks version ${protocolVersion} of the protocol, and Baton version ${PROTOCOL_VERSION}.`;
    return failed('crash', message, 'Install a version of the agent that speaks it.');
  }
  const { sessionId } = await agent.request(methods.agent.session.new, {
    cwd: process.directory,
    mcpServers: [],
  });
  return {
    async takeTurn(words) {
      const prompt: ContentBlock[] = [{ type: 'text', text: words }];
      const { stopReason } = await agent.request(methods.agent.session.prompt, { sessionId, prompt });
      return toTurnEnd(stopReason, teller.takeText(), brief);
    },
  };
}

function toTurnEnd(reason: StopReason, text: string, { turns }: Pick<Brief, 'turns'>): TurnEnd {
  switch (reason) {
    case 'refusal':
      return toModelRefused();
    case 'max_turn_requests':
      return toTooManyTurns(turns);
    case 'end_turn':
    case 'max_tokens':
    case 'cancelled':
      return { kind: 'said', text };
  }
}
