import type { Brief } from '../../domain/brief.ts';
import type { AgentAnswer, AgentPlace } from '../../ports/agent-runtime.ts';
import type { ModelLine } from '../../ports/model-gateway.ts';
import type { SandboxedCommand, SandboxedProcess } from '../../ports/sandbox.ts';
import { toNoReport } from '../parts/failure.ts';
import {
  openReportDesk,
  type ReportDesk,
  readJson,
  toComplaint,
  unwrapReport,
} from '../parts/report-desk.ts';
import { toReportSchema } from '../parts/report-schema.ts';
import { type AgentQuarters, startAgent } from '../parts/start-agent.ts';
import { toCrash } from '../parts/to-crash.ts';
import { toTree } from '../parts/to-tree.ts';
import { withinTime } from '../parts/within-time.ts';
import type { CodexProgram } from './find-codex.ts';
import { openRpc } from './open-rpc.ts';
import { fromStrict, toStrictSchema } from './strict-schema.ts';
import { openThread, type Thread } from './thread.ts';
import { TOKEN_VARIABLE, toArguments } from './to-arguments.ts';

/** One call to an agent, with all that it takes. */
export interface Job {
  readonly codex: CodexProgram;
  readonly brief: Brief;
  readonly place: AgentPlace;
  readonly line: ModelLine;
  readonly tools: AgentQuarters['tools'];
}

const NAME = 'Codex';
const AGAIN = 'Answer again with all of it.';

/** Works until there is a report or a reason why not; then nothing of it is alive. Rejects with an AbortError on the signal. */
export function work(job: Job, signal: AbortSignal): Promise<AgentAnswer> {
  async function workUntil(stop: AbortSignal): Promise<AgentAnswer> {
    const tree = toTree(job.brief, job.place);
    const process = await start(job, tree, stop);
    try {
      return await converse(
        job,
        await openThread(openRpc(process), {
          ...job,
          mostTurns: job.brief.turns,
          directory: tree?.path ?? null,
        }),
      );
    } catch (error) {
      stop.throwIfAborted();
      await process.end();
      return toCrash(NAME, error, await process.ended);
    } finally {
      await process.end();
    }
  }
  return withinTime({ brief: job.brief, signal }, workUntil, (error) => toCrash(NAME, error, null));
}

function start(
  { codex, brief, place, line, tools }: Job,
  tree: SandboxedCommand['tree'] | null,
  stop: AbortSignal,
): Promise<SandboxedProcess> {
  return startAgent(
    {
      argv: [codex.program, ...toArguments(tree?.path ?? null, tree !== null)],
      environment: { [TOKEN_VARIABLE]: line.token },
      readOnly: [codex.directory],
    },
    {
      sandbox: place.sandbox,
      tree,
      line,
      tools: { ...tools, path: [...tools.path, ...codex.path] },
      timeoutMs: brief.timeoutMs,
    },
    stop,
  );
}

async function converse({ brief, place, line }: Job, thread: Thread): Promise<AgentAnswer> {
  const desk = openReportDesk(place.check);
  const schema = toReportSchema(brief.report);
  const strict = toStrictSchema(schema);
  let words = brief.prompt;
  for (;;) {
    const said = await thread.takeTurn(words, strict);
    if (said.kind === 'failed') {
      return said;
    }
    offer(desk, fromStrict(schema, readJson(said.text)));
    if (desk.taken !== null) {
      return { kind: 'answered', report: desk.taken.report, usage: line.usage() };
    }
    if (desk.exhausted) {
      return toNoReport(desk.faults);
    }
    words = toComplaint(desk.faults, AGAIN);
  }
}

function offer(desk: ReportDesk, answer: unknown): void {
  if (answer === null) {
    desk.noteMissing();
  } else {
    desk.offer(unwrapReport(answer));
  }
}
