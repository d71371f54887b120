import type { Brief } from '../../domain/brief.ts';
import type { Usage } from '../../domain/usage.ts';
import type { AgentAnswer, AgentPlace } from '../../ports/agent-runtime.ts';
import type { ModelLine } from '../../ports/model-gateway.ts';
import type { SandboxedProcess } from '../../ports/sandbox.ts';
import { createQueue } from '../parts/create-queue.ts';
import { openReportDesk, toComplaint } from '../parts/report-desk.ts';
import { type AgentQuarters, startAgent } from '../parts/start-agent.ts';
import { toCrash } from '../parts/to-crash.ts';
import { withinTime } from '../parts/within-time.ts';
import { judgeResult } from './judge-result.ts';
import { type Message, type Result, readMessage } from './message.ts';
import type { ClaudeSdk } from './open-sdk.ts';
import { type Spawning, spawnInside } from './spawn-inside.ts';
import { createTeller } from './tell.ts';
import { toOptions } from './to-options.ts';

/** One call to an agent, with all that it takes. */
export interface Job {
  readonly sdk: ClaudeSdk;
  readonly brief: Brief;
  readonly place: AgentPlace;
  readonly line: ModelLine;
  readonly tools: AgentQuarters['tools'];
}

const NAME = 'Claude Code';
const AGAIN = 'Call the tool `StructuredOutput` again with all of it.';

/** Works until there is a report or a reason why not; then nothing of it is alive. Rejects with an AbortError on the signal. */
export function work(job: Job, signal: AbortSignal): Promise<AgentAnswer> {
  let inside: Promise<SandboxedProcess> | null = null;
  async function workUntil(stop: AbortSignal): Promise<AgentAnswer> {
    try {
      return await converse(job, (spawning) => {
        inside = start(job, spawning, stop);
        return inside;
      });
    } catch (error) {
      stop.throwIfAborted();
      const process = await inside;
      await process?.end();
      return toCrash(NAME, error, (await process?.ended) ?? null);
    } finally {
      await (await inside)?.end();
    }
  }
  return withinTime({ brief: job.brief, signal }, workUntil, (error) => toCrash(NAME, error, null));
}

function start({ brief, place, line, tools }: Job, { command, args, env }: Spawning, stop: AbortSignal) {
  const { tree, sandbox } = place;
  const { access, timeoutMs } = brief;
  const given = Object.entries(env).filter(
    (entry): entry is [string, string] => OURS.test(entry[0]) && entry[1] !== undefined,
  );
  return startAgent(
    { argv: [command, ...args], environment: Object.fromEntries(given), readOnly: [command] },
    {
      sandbox,
      line,
      tools,
      timeoutMs,
      tree: tree === null || access === 'none' ? null : { path: tree.path, access },
    },
    stop,
  );
}

/** The sandbox has its own for the rest, and takes no others. */
const OURS = /^(ANTHROPIC|CLAUDE)_/;

async function converse(
  { sdk, brief, place, line }: Job,
  spawn: (spawning: Spawning) => Promise<SandboxedProcess>,
): Promise<AgentAnswer> {
  const desk = openReportDesk(place.check);
  const prompts = createQueue<unknown>();
  prompts.add(toPrompt(brief.prompt));
  const directory = brief.access === 'none' ? null : (place.tree?.path ?? null);
  const options = {
    ...toOptions({ brief, line, program: sdk.program, directory }),
    spawnClaudeCodeProcess: (spawning: Spawning) => spawnInside(() => spawn(spawning)),
  };
  const messages = sdk.query({ prompt: prompts.items, options });
  try {
    for await (const result of readResults(messages, createTeller(place.emit))) {
      const verdict = judgeResult(result, desk, { refusal: line.refusal(), mostTurns: brief.turns });
      if (verdict === 'taken') {
        return { kind: 'answered', report: desk.taken?.report, usage: toUsage(line, result) };
      }
      if (verdict !== 'again') {
        return verdict;
      }
      prompts.add(toPrompt(toComplaint(desk.faults, AGAIN)));
    }
  } finally {
    prompts.close();
  }
  throw new Error('it ended in the middle of its work');
}

function toPrompt(content: string): unknown {
  return { type: 'user', message: { role: 'user', content }, parent_tool_use_id: null, session_id: '' };
}

/** The end of each turn; all that comes before it is told. */
async function* readResults(
  messages: AsyncIterable<unknown>,
  tell: (message: Message) => void,
): AsyncGenerator<Result> {
  for await (const given of messages) {
    const message = readMessage(given);
    if (message !== null) {
      tell(message);
    }
    if (message?.type === 'result') {
      yield message;
    }
  }
}

/** The line's figures. Where it knows no price, Claude Code's own counts, if it stands in a list. */
function toUsage(line: ModelLine, { total_cost_usd: cost, modelUsage }: Result): Usage {
  const usage = line.usage();
  const isListed = Object.values(modelUsage).every(({ costBasis }) => costBasis === 'list');
  return { ...usage, costUsd: usage.costUsd ?? (isListed ? (cost ?? null) : null) };
}
