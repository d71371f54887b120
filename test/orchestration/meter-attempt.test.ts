import { describe, expect, it } from 'vitest';
import { NOTHING_USED } from '../../src/domain/usage.ts';
import { meterAttempt } from '../../src/orchestration/meter-attempt.ts';
import type { AgentAnswer, AgentPlace, AgentRuntime } from '../../src/ports/agent-runtime.ts';
import type { ModelGateway, ModelLine, ModelLineRequest } from '../../src/ports/model-gateway.ts';

const REQUEST: ModelLineRequest = {
  runId: 'run-1',
  repository: '901',
  subject: '901#7',
  step: 'review',
  attempt: 1,
  models: ['m'],
};
const BUDGETS = [{ scope: 'run', limit: { unit: 'usd', value: 5 } }] as const;
const FAILED: AgentAnswer = {
  kind: 'failed',
  reason: 'budget',
  message: 'refused',
  remedy: '',
  retriable: false,
};

function answered(usage = NOTHING_USED): AgentAnswer {
  return { kind: 'answered', report: {}, usage };
}

/** A gateway whose lines have been used like this, and a runtime that opens one line for each call when it may. */
function meter(line: Partial<ModelLine>, answers: readonly AgentAnswer[]) {
  const requests: ModelLineRequest[] = [];
  const left = [...answers];
  let now = 0;
  const gateway: ModelGateway = {
    async open(request) {
      requests.push(request);
      return {
        socketPath: '/nowhere.sock',
        token: 't',
        usedBefore: NOTHING_USED,
        usage: () => NOTHING_USED,
        isAsked: () => false,
        answers: () => 0,
        lastError: () => null,
        refusal: () => null,
        nearlyUsedUp: () => [],
        close: async () => undefined,
        ...line,
      };
    },
  };
  const runtime: AgentRuntime = {
    name: 'scripted',
    summary: '',
    async run(_brief, place) {
      now += 40;
      await place.openLine?.(['m']);
      const answer = left.shift();
      if (answer === undefined) {
        throw new Error('the script has no answer left');
      }
      return answer;
    },
  };
  const metered = meterAttempt(new Map([['scripted', { runtime, provider: 'some', gateway }]]), {
    budgets: BUDGETS,
    elapsedMs: () => now,
  });
  async function ask(hasLine: boolean): Promise<void> {
    const hand = metered.runtimes.get('scripted');
    const open = hand?.gateway ?? null;
    const place = {
      openLine: hasLine && open !== null ? () => open.open(REQUEST) : null,
    } as unknown as AgentPlace; // Nothing else of the place is looked at.
    await hand?.runtime.run({} as never, place, new AbortController().signal);
  }
  return { metered, requests, ask };
}

describe('orchestration/meter-attempt', () => {
  const usage = { inputTokens: 100, outputTokens: 10, costUsd: 0.5 };

  it('counts what the lines of all calls have used, and how long they took', async () => {
    const { metered, requests, ask } = meter({ usage: () => usage }, [answered(usage), answered(usage)]);
    await ask(true);
    await ask(true);
    expect(metered.used()).toEqual({
      usage: { inputTokens: 200, outputTokens: 20, costUsd: 1, ms: 80 },
      refusal: null,
      crash: null,
      asked: [],
    });
    expect(requests[0]).toEqual({ ...REQUEST, budgets: BUDGETS });
  });

  it('counts once what the attempt used before it was interrupted', async () => {
    const { metered, ask } = meter({ usage: () => usage, usedBefore: usage }, [answered(), answered()]);
    await ask(true);
    await ask(true);
    expect(metered.used().usage).toMatchObject({ inputTokens: 300, outputTokens: 30 });
    const unknown = { inputTokens: null, outputTokens: null, costUsd: null };
    const lost = meter({ usage: () => usage, usedBefore: unknown }, [answered(usage)]);
    await lost.ask(true);
    expect(lost.metered.used().usage).toEqual({ ...unknown, ms: 40 });
  });

  it("takes the runtime's own price, and its own word where it has no line", async () => {
    const own = meter({ usage: () => ({ ...usage, costUsd: null }) }, [answered({ ...usage, costUsd: 0.7 })]);
    await own.ask(true);
    expect(own.metered.used().usage).toMatchObject({ inputTokens: 100, costUsd: 0.7 });
    const replay = meter({}, [answered()]);
    await replay.ask(false);
    expect(replay.metered.used().usage).toEqual({ ...NOTHING_USED, ms: 40 });
  });

  it('says nothing where nobody was asked, or nobody can tell', async () => {
    const { metered, ask } = meter({}, [FAILED]);
    expect(metered.used()).toEqual({ usage: null, refusal: null, crash: null, asked: [] });
    await ask(false);
    expect(metered.used()).toEqual({ usage: null, refusal: null, crash: null, asked: [] });
  });

  it('tells what stopped an agent, and only when it was stopped', async () => {
    const refusal = { kind: 'quota', message: 'no more', until: null } as const;
    const stopped = meter({ usage: () => usage, refusal: () => refusal }, [FAILED]);
    await stopped.ask(true);
    expect(stopped.metered.used()).toMatchObject({ usage: { costUsd: 0.5 }, refusal });
    const finished = meter({ refusal: () => refusal }, [answered()]);
    await finished.ask(true);
    expect(finished.metered.used().refusal).toBeNull();
  });

  it('warns in words of budgets that are nearly used up', async () => {
    const { metered, ask } = meter({ nearlyUsedUp: () => [{ ...BUDGETS[0], used: 4.2 }] }, [answered()]);
    await ask(true);
    expect(metered.used().usage?.warnings).toEqual(['$4.20 of the budget of this run, $5']);
  });
});
