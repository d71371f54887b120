import { RequestError } from '@agentclientprotocol/sdk';
import type { AcpAgent, LineApi } from '../../domain/acp-agent.ts';
import type { Brief } from '../../domain/brief.ts';
import type { AgentAnswer, AgentPlace } from '../../ports/agent-runtime.ts';
import type { ModelLine } from '../../ports/model-gateway.ts';
import { type Failure, toNoReport } from '../parts/failure.ts';
import { toRefused, toStatusFailure } from '../parts/provider-failure.ts';
import { openReportDesk, readJson, toComplaint, unwrapReport } from '../parts/report-desk.ts';
import { toReportSchema } from '../parts/report-schema.ts';
import { type AgentQuarters, type StartedAgent, startAgent } from '../parts/start-agent.ts';
import { toCrash } from '../parts/to-crash.ts';
import { toTree } from '../parts/to-tree.ts';
import { withinTime } from '../parts/within-time.ts';
import { openSession, type Session } from './open-session.ts';
import { toProgram } from './to-program.ts';
import { watchLine } from './watch-line.ts';

/** One call to an agent, with all that it takes. */
export interface Job {
  readonly agent: AcpAgent;
  /** What the line speaks. */
  readonly api: LineApi;
  readonly brief: Brief;
  readonly place: AgentPlace;
  readonly line: ModelLine;
  readonly tools: AgentQuarters['tools'];
}

const AGAIN = 'End your next answer with all of it, as one JSON object with nothing behind it.';

/** Works until there is a report or a reason why not; then nothing of it is alive. Rejects with an AbortError on the signal. */
export function work(job: Job, signal: AbortSignal): Promise<AgentAnswer> {
  const { agent, brief, line } = job;
  async function workUntil(stop: AbortSignal): Promise<AgentAnswer> {
    const process = await start(job, stop);
    const watch = watchLine(line, brief.turns);
    try {
      return await Promise.race([converse(job, process), watch.over]);
    } catch (error) {
      stop.throwIfAborted();
      await process.end();
      // What it has said itself says more than what it has logged.
      const end = await process.ended;
      const isSaid = error instanceof RequestError && end.kind !== 'unavailable';
      return findTrouble(line) ?? toCrash(agent.name, isSaid ? error.message : error, isSaid ? null : end);
    } finally {
      watch.close();
      await process.end();
    }
  }
  return withinTime({ brief, signal }, workUntil, (error) => toCrash(agent.name, error, null));
}

function start({ agent, api, brief, place, line, tools }: Job, stop: AbortSignal): Promise<StartedAgent> {
  return startAgent(
    toProgram(agent, { api, token: line.token, model: brief.model }),
    {
      sandbox: place.sandbox,
      tree: toTree(brief, place),
      line,
      tools,
      timeoutMs: brief.timeoutMs,
    },
    stop,
  );
}

async function converse({ brief, place, line }: Job, process: StartedAgent): Promise<AgentAnswer> {
  const session = await openSession(process, { brief, emit: place.emit });
  return 'kind' in session ? session : askForReport({ brief, place, line }, session);
}

async function askForReport(
  { brief, place, line }: Pick<Job, 'brief' | 'place' | 'line'>,
  session: Session,
): Promise<AgentAnswer> {
  const desk = openReportDesk(place.check);
  let words = toFirstWords(brief);
  for (;;) {
    const said = await session.takeTurn(words);
    if (said.kind === 'failed') {
      return said;
    }
    const answer = readJson(said.text);
    // Some agents take a provider that says no for the end of their work.
    const trouble = answer === null ? findTrouble(line) : null;
    if (trouble !== null) {
      return trouble;
    }
    if (answer === null) {
      desk.noteMissing();
    } else {
      desk.offer(unwrapReport(answer));
    }
    if (desk.taken !== null) {
      return { kind: 'answered', report: desk.taken.report, usage: line.usage() };
    }
    if (desk.exhausted) {
      return toNoReport(desk.faults);
    }
    words = toComplaint(desk.faults, AGAIN);
  }
}

/** The protocol has no place for a role and for the form of an answer, so both are said. */
function toFirstWords({ instructions, prompt, report }: Brief): string {
  const schema = JSON.stringify(toReportSchema(report));
  const form = `When the work is done, end your last answer with your report: one JSON object that this JSON Schema describes, with nothing behind it.\n\n${schema}`;
  return `${instructions}\n\n${prompt}\n\n# How you report\n\n${form}`;
}

/** What stood in the way on the line, which is sure; what an agent says of it is not. */
function findTrouble(line: Pick<ModelLine, 'refusal' | 'lastError'>): Failure | null {
  const refusal = line.refusal();
  if (refusal !== null) {
    return toRefused(refusal);
  }
  const error = line.lastError();
  return error === null ? null : toStatusFailure(error.status, error.message);
}
