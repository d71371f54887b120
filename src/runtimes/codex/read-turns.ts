import type { AgentPlace } from '../../ports/agent-runtime.ts';
import type { ModelLine } from '../../ports/model-gateway.ts';
import { type Failure, toTooManyTurns } from '../parts/failure.ts';
import { toRefused } from '../parts/provider-failure.ts';
import { type Notice, readNotice } from './notice.ts';
import type { Rpc } from './open-rpc.ts';
import { createTeller } from './tell.ts';
import { toTurnFailure } from './to-failure.ts';

/** How a turn ended: with what Codex said last, or why not. */
export type TurnEnd = { readonly kind: 'said'; readonly text: string } | Failure;

export interface TurnsPlan {
  readonly place: Pick<AgentPlace, 'emit'>;
  readonly line: Pick<ModelLine, 'refusal'>;
  /** Answers of the model, in all turns together. */
  readonly mostTurns: number;
}

/** Reads what is told, up to the end of one turn after the other. @throws Error when it ends in the middle. */
export function readTurns(rpc: Rpc, plan: TurnsPlan): () => Promise<TurnEnd> {
  const notifications = rpc.notifications[Symbol.asyncIterator]();
  const tell = createTeller(plan.place.emit);
  const so = { text: '', answers: 0 };
  return async () => {
    so.text = '';
    for (;;) {
      const { done, value } = await notifications.next();
      if (done === true) {
        throw new Error('it ended in the middle of its work');
      }
      const notice = readNotice(value);
      const end = notice === null ? null : take(notice);
      if (end !== null) {
        return end;
      }
    }
  };

  function take(notice: Notice): TurnEnd | null {
    tell(notice);
    switch (notice.method) {
      case 'item/completed':
        so.text = notice.params.item.type === 'agentMessage' ? notice.params.item.text : so.text;
        return null;
      case 'thread/tokenUsage/updated':
        so.answers += 1;
        return so.answers > plan.mostTurns ? toTooManyTurns(plan.mostTurns) : null;
      case 'turn/completed':
        return toEnd(notice.params.turn);
      case 'error':
        return findRefusal();
      case 'item/started':
      case 'warning':
      case 'configWarning':
        return null;
    }
  }

  function toEnd({
    status,
    error,
  }: Extract<Notice, { method: 'turn/completed' }>['params']['turn']): TurnEnd {
    return status === 'completed'
      ? { kind: 'said', text: so.text }
      : toTurnFailure(error ?? null, plan.line.refusal());
  }

  /** Codex would ask again, and be refused again. */
  function findRefusal(): Failure | null {
    const refusal = plan.line.refusal();
    return refusal === null ? null : toRefused(refusal);
  }
}
