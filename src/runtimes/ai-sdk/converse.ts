import { generateText, type ModelMessage, type ToolSet } from 'ai';
import type { AgentEvent } from '../../ports/agent-event.ts';
import { type Failure, toModelRefused, toNoReport, toTooManyTurns } from '../parts/failure.ts';
import { type ReportDesk, readJson, toComplaint } from '../parts/report-desk.ts';
import { fitContext } from './fit-context.ts';
import type { OpenModel } from './open-model.ts';
import { AGAIN } from './report-tool.ts';

/** One agent's talk with its model. */
export interface Talk {
  readonly model: OpenModel;
  readonly instructions: string;
  readonly prompt: string;
  readonly tools: ToolSet;
  readonly desk: ReportDesk;
  /** Why the tools cannot be used any more; null while they can. */
  readonly toolFailure: () => Failure | null;
  readonly emit: (event: AgentEvent) => void;
  /** Answers of the model. */
  readonly mostTurns: number;
  /** Characters of the conversation. */
  readonly mostText: number;
}

type Turn = Awaited<ReturnType<typeof generateText>>;

/**
 * Asks the model until its report is taken; null then. Whatever the provider answers instead is thrown, as is an
 * AbortError on the signal.
 */
export async function converse(talk: Talk, signal: AbortSignal): Promise<Failure | null> {
  const warned = new Set<string>();
  let messages: readonly ModelMessage[] = [{ role: 'user', content: talk.prompt }];
  for (let turns = 0; turns < talk.mostTurns; turns += 1) {
    messages = fitContext(messages, talk.mostText);
    const turn = await takeTurn(talk, messages, signal);
    tell(turn, talk, warned);
    const end = findEnd(turn, talk);
    if (end !== undefined) {
      return end;
    }
    messages = [...messages, ...turn.responseMessages, ...toReminder(turn, talk.desk)];
  }
  return toTooManyTurns(talk.mostTurns);
}

function takeTurn(
  { model, instructions, tools }: Talk,
  messages: readonly ModelMessage[],
  signal: AbortSignal,
): Promise<Turn> {
  return generateText({
    ...model,
    instructions,
    messages: [...messages],
    tools,
    // Two edits of the same file must not meet.
    toolCallConcurrency: 1,
    // The line's own fetch tries again, and tells it.
    maxRetries: 0,
    abortSignal: signal,
  });
}

/** The same warning comes with every turn; once is enough. */
function tell(turn: Turn, { emit }: Talk, warned: Set<string>): void {
  const { inputTokens = null, outputTokens = null } = turn.usage;
  emit({ kind: 'usage', inputTokens, outputTokens });
  if (turn.text !== '') {
    emit({ kind: 'text', text: turn.text });
  }
  for (const message of (turn.warnings ?? []).map((warning) => JSON.stringify(warning))) {
    if (!warned.has(message)) {
      warned.add(message);
      emit({ kind: 'warning', message });
    }
  }
}

/** Null: the report was taken. Undefined: it goes on. */
function findEnd(turn: Turn, { desk, toolFailure }: Talk): Failure | null | undefined {
  if (turn.finishReason === 'content-filter') {
    return toModelRefused();
  }
  if (turn.toolCalls.length === 0) {
    takeFromText(turn.text, desk);
  }
  if (desk.taken !== null) {
    return null;
  }
  if (desk.exhausted) {
    return toNoReport(desk.faults);
  }
  return toolFailure() ?? undefined;
}

/** Small models write the report as text, as its form says, instead of calling the tool. */
function takeFromText(text: string, desk: ReportDesk): void {
  const written = readJson(text);
  if (written === null) {
    desk.noteMissing();
  } else {
    desk.offer(written);
  }
}

function toReminder(turn: Turn, desk: ReportDesk): readonly ModelMessage[] {
  if (turn.toolCalls.length > 0) {
    return [];
  }
  const cut = turn.finishReason === 'length' ? ' Your answer was cut off: it was too long.' : '';
  return [{ role: 'user', content: `${toComplaint(desk.faults, AGAIN)}${cut}` }];
}
