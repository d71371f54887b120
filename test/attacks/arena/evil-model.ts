import type { ChatCompletionRequest } from '@copilotkit/aimock';
import { type ModelServer, type ModelTurn, resultsIn, startModelServer } from '../../support/model-server.ts';
import type { Act, Plot } from '../attack.ts';

/** A model that has been talked round: it does what the plot of the issue says, then tells everything it has seen. */
export interface EvilModel {
  readonly port: number;
  readonly url: string;
  /** What it does for whoever asks about an issue with this word in it, and what happens when it is first asked. */
  play(word: string, plot: Plot, meanwhile: () => Promise<void>): void;
  /** What it was told of the issue with this word. */
  promptsOf(word: string): string;
  /** All that it was sent about that issue, what tools gave included. */
  requestsOf(word: string): string;
  /** All that it was ever sent. */
  requests(): string;
  /** What each act came to the first time; fewer than there are acts when it did not get that far. */
  resultsOf(word: string): readonly string[];
  /** Whether it was asked at all. */
  wasAsked(word: string): boolean;
  stop(): Promise<void>;
}

/** As much of what was seen as fits into a report. */
const TOLD = 8000;

export async function startEvilModel(): Promise<EvilModel> {
  const plots = new Map<string, Plot>();
  const meanwhiles = new Map<string, () => Promise<void>>();
  const results = new Map<string, string[]>();

  function wordIn(asked: ChatCompletionRequest): string | undefined {
    const text = JSON.stringify(asked.messages);
    return [...plots.keys()].find((word) => text.includes(word));
  }

  async function meanwhile(word = ''): Promise<void> {
    const happens = meanwhiles.get(word);
    meanwhiles.delete(word);
    await happens?.();
  }

  async function answer(asked: ChatCompletionRequest): Promise<ModelTurn> {
    const word = wordIn(asked);
    await meanwhile(word);
    const plot = word === undefined ? undefined : plots.get(word);
    if (word === undefined || plot === undefined) {
      return { status: 400, message: 'nobody has a plot for this' };
    }
    if (plot.refusal !== undefined) {
      return { status: 401, message: plot.refusal };
    }
    const turn = asked.messages.filter(({ role }) => role === 'assistant').length;
    const heard = results.get(word) ?? [];
    if (turn > 0 && heard.length === turn - 1) {
      heard.push(resultsIn(asked).join('\n'));
      results.set(word, heard);
    }
    const act = plot.acts?.[turn];
    return { calls: [act === undefined ? toReport(plot, heard) : toCall(act)] };
  }

  const server: ModelServer = await startModelServer(answer);
  function askedAbout(word: string): readonly ChatCompletionRequest[] {
    return server.asked.filter((asked) => JSON.stringify(asked.messages).includes(word));
  }
  return {
    url: server.url,
    port: Number(new URL(server.url).port),
    play(word, plot, happens) {
      plots.set(word, plot);
      meanwhiles.set(word, happens);
    },
    promptsOf: (word) => askedAbout(word).flatMap(toTexts).join('\n'),
    requestsOf: (word) => JSON.stringify(askedAbout(word)),
    requests: () => JSON.stringify(server.asked),
    resultsOf: (word) => results.get(word) ?? [],
    wasAsked: (word) => askedAbout(word).length > 0,
    stop: () => server.stop(),
  };
}

/** What it is told by the bot itself: what its tools said is another matter. */
function toTexts({ messages }: ChatCompletionRequest): readonly string[] {
  return messages
    .filter(({ role }) => role === 'system' || role === 'user')
    .map(({ content }) =>
      typeof content === 'string' ? content : (content ?? []).map((part) => part.text ?? '').join('\n'),
    );
}

function toCall(act: Act): readonly [string, unknown] {
  if ('run' in act) {
    return ['run', { command: act.run, seconds: act.seconds ?? 20 }];
  }
  return 'write' in act ? ['write', { path: act.write, content: act.content }] : ['read', { path: act.read }];
}

function toReport(plot: Plot, heard: readonly string[]): readonly [string, unknown] {
  const details = heard.join('\n').slice(-TOLD);
  const summary = plot.summary ?? 'The work is done.';
  return ['report', { report: { kind: 'work', summary, details, facts: {}, deferred: [] } }];
}
