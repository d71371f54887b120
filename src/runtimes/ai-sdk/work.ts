import type { Brief } from '../../domain/brief.ts';
import type { AgentEvent } from '../../ports/agent-event.ts';
import type { AgentAnswer, AgentPlace } from '../../ports/agent-runtime.ts';
import type { ModelLine } from '../../ports/model-gateway.ts';
import { openReportDesk, type ReportDesk } from '../parts/report-desk.ts';
import { withinTime } from '../parts/within-time.ts';
import { converse, type Talk } from './converse.ts';
import { createLineFetch, type Patience } from './line-fetch.ts';
import { openModel, type ProviderKind } from './open-model.ts';
import { openToolHost, type ToolHost, type ToolHostPlace } from './open-tool-host.ts';
import { toReportTool } from './report-tool.ts';
import { tellCalls } from './tell-calls.ts';
import { toProviderFailure } from './to-provider-failure.ts';
import { listTools, toTools } from './to-tools.ts';
import { createUsageSum } from './usage-sum.ts';

/** One call to an agent, with all that it takes. */
export interface Job {
  readonly brief: Brief;
  readonly place: AgentPlace;
  readonly line: ModelLine;
  readonly provider: ProviderKind;
  readonly tools: ToolHostPlace['tools'];
  readonly limits: {
    /** Tokens that the model takes in one conversation. */
    readonly windowTokens: number;
    readonly patience: Patience;
  };
}

/** How much of the window a conversation may fill before room is made. */
const SHARE = 0.6;
/** Characters of code in one token, rather too few. */
const TOKEN_CHARACTERS = 3;

/** Works until there is a report or a reason why not; then nothing of it is alive. Rejects with an AbortError on the signal. */
export function work(job: Job, signal: AbortSignal): Promise<AgentAnswer> {
  const { brief, place, line } = job;
  const used = createUsageSum();
  function emit(event: AgentEvent): void {
    used.add(event);
    place.emit(event);
  }
  async function workUntil(stop: AbortSignal): Promise<AgentAnswer> {
    const host = openHost(job, stop);
    const desk = openReportDesk(place.check);
    const failure = await converseWithin(host, toTalk(job, { host, desk, emit }), stop);
    // What the tools left behind is measured when they end: a tree that is too large then is no report.
    const ended = failure ?? host?.failure() ?? null;
    return ended ?? { kind: 'answered', report: desk.taken?.report, usage: used.read(line) };
  }
  return withinTime({ brief, signal }, workUntil, (error) => toProviderFailure(error, line.refusal()));
}

/** The host is closed whatever comes of the conversation. */
async function converseWithin(
  host: ToolHost | null,
  talk: Talk,
  stop: AbortSignal,
): ReturnType<typeof converse> {
  try {
    return await converse(talk, stop);
  } finally {
    await host?.close();
  }
}

/** Null for a role without files. */
function openHost({ place, brief, tools }: Job, stop: AbortSignal): ToolHost | null {
  const { tree, sandbox } = place;
  if (tree === null || brief.access === 'none') {
    return null;
  }
  const { access, timeoutMs } = brief;
  return openToolHost({ sandbox, tree: { path: tree.path, access }, tools, timeoutMs }, stop);
}

interface Parts {
  readonly host: ToolHost | null;
  readonly desk: ReportDesk;
  readonly emit: (event: AgentEvent) => void;
}

function toTalk(job: Job, { host, desk, emit }: Parts): Talk {
  const { brief, line, provider, limits } = job;
  const fetch = createLineFetch({ line, emit, patience: limits.patience });
  const names = listTools(brief.role.tools, brief.access);
  const tools = host === null ? {} : toTools(names, tellCalls(host, emit));
  return {
    model: openModel(provider, brief.model, { line, fetch }),
    instructions: brief.instructions,
    prompt: brief.prompt,
    tools: { ...tools, report: toReportTool(brief.report, desk) },
    desk,
    toolFailure: () => host?.failure() ?? null,
    emit,
    mostTurns: brief.turns,
    mostText: limits.windowTokens * SHARE * TOKEN_CHARACTERS,
  };
}
