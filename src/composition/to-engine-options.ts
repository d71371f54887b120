import type { Settings } from '../config/settings.ts';
import { orderSchema, type RunningRun } from '../domain/run.ts';
import { wakingSchema } from '../domain/team/waking.ts';
import type { EngineOptions } from '../engine/engine-options.ts';
import { type AbandonedRun, abandonRun } from '../orchestration/abandon-run.ts';
import { deadRunSchema, END_DEAD_RUN } from '../orchestration/end-dead-runs.ts';
import { executeRun } from '../orchestration/execute-run.ts';
import { handleDelivery } from '../orchestration/handle-delivery.ts';
import { abandonLate, LATE_REPORT, lateReportSchema, reportLate } from '../orchestration/report-late.ts';
import type { Durable } from '../ports/durable.ts';
import { abandonWaking } from '../team/abandon-waking.ts';
import { insist } from '../team/insist.ts';
import { WAKING } from '../team/keep-time.ts';
import { tellOutage } from '../team/tell-outage.ts';
import { wakeMember } from '../team/wake-member.ts';
import { OUTAGE_LEFT, outageLeftSchema } from '../team/watch-outages.ts';
import type { BatonOptions } from './baton.ts';
import { toTeamDesk } from './open-team.ts';
import type { Parts } from './parts.ts';
import { readInput } from './read-input.ts';
import { toAbandoning, toLateReporting } from './to-reporting.ts';
import { toRunLoop } from './to-run-loop.ts';

interface EngineNeeds extends Pick<BatonOptions, 'log' | 'onLeaseLost'> {
  readonly databaseUrl: string;
  /** Workflows that were taken over begin before the rest is up; they wait for it. */
  readonly parts: Promise<Parts>;
}

/** The durable workflows, with the real world behind them. */
export function toEngineOptions(
  settings: Settings,
  { databaseUrl, log, parts, onLeaseLost }: EngineNeeds,
): EngineOptions {
  const loop = parts.then(toRunLoop);
  return {
    databaseUrl,
    log,
    onLeaseLost,
    drainMs: settings.drainMs,
    limits: { calls: settings.agentLimits.all, callsPerRole: settings.agentLimits.perRole },
    // Written by this version or an earlier one of the same code; the engine keeps plain data.
    procedure: async (input, signal) => (await loop).perform(input as RunningRun, signal),
    workflows: {
      run: {
        partitioned: true,
        perform: async (input, durable) => executeRun(readInput(orderSchema, input), durable, await loop),
        abandon: async ({ id, input }, { message }) => abandon({ id, order: input }, message, await parts),
      },
      [END_DEAD_RUN]: {
        perform: async (input) => {
          const dead = readInput(deadRunSchema, input);
          await abandon(dead, 'Nothing went on with it any more when the server looked.', await parts);
        },
      },
      [LATE_REPORT]: {
        async perform(input, durable) {
          const late = readInput(lateReportSchema, input);
          await reportLate(late, { durable, reporting: toLateReporting(await parts) });
        },
        abandon: async (late, { message }) => abandonLate(late, message, log),
      },
      ...toTeamWorkflows(parts),
      delivery: {
        perform: async (input, durable) => deliver(String(input), durable, await parts),
        // All that it causes has keys, so it is simply handled anew.
        async abandon({ input }) {
          const opened = await parts;
          await deliver(String(input), opened.forgetful, opened);
        },
      },
    },
  };
}

function toTeamWorkflows(parts: Promise<Parts>): EngineOptions['workflows'] {
  const teamDesk = parts.then(toTeamDesk);
  return {
    [WAKING]: {
      perform: async (input, durable) => wakeMember(readInput(wakingSchema, input), durable, await teamDesk),
      async abandon({ id, input }, { message }) {
        const { forgetful: durable } = await parts;
        const waking = wakingSchema.safeParse(input).data ?? id;
        await abandonWaking(waking, message, { durable, desk: await teamDesk });
      },
    },
    [OUTAGE_LEFT]: {
      async perform(input, durable) {
        const desk = await teamDesk;
        const told = readInput(outageLeftSchema, input);
        const telling = { name: 'tell who left', work: () => tellOutage(told, 'left', desk) };
        await insist(telling, { durable, log: desk.log });
      },
    },
  };
}

/** One that is left out looks alive for ever. */
async function abandon(run: AbandonedRun, cause: string, parts: Parts): Promise<void> {
  const desk = toAbandoning(parts);
  const abandoning = { name: 'abandon', work: () => abandonRun(run, cause, desk) };
  await insist(abandoning, { durable: parts.forgetful, log: parts.log });
}

async function deliver(
  guid: string,
  durable: Pick<Durable, 'step' | 'sleep'>,
  { store, github, log }: Parts,
): Promise<void> {
  await handleDelivery(guid, durable, { read: (id) => store.inbox.read(id), deliver: github.deliver, log });
}
