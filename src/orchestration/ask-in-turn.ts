import type { Asked } from '../domain/asked.ts';
import { fallBack, type ProvidedCandidate, toBreakerEvent } from '../domain/fall-back.ts';
import type { AgentAnswer } from '../ports/agent-runtime.ts';
import type { Breakers } from './create-breakers.ts';

type Failure = Extract<AgentAnswer, { kind: 'failed' }>;

/** What asking one candidate came to. */
export type Tried<Result> = { readonly kind: 'done'; readonly result: Result } | Failure;

interface Asking<Each extends ProvidedCandidate, Result> {
  readonly breakers: Breakers;
  /** Told who was asked and what came of it, as it happens. */
  readonly note: (asked: Omit<Asked, 'role'>) => void;
  /** Asks one; nothing of it is left when it has failed. */
  readonly ask: (candidate: Each) => Promise<Tried<Result>>;
}

/**
 * Asks one candidate after another, as long as they fail for reasons of their own. One that has failed again and again is
 * passed over while there is another.
 */
export async function askInTurn<Each extends ProvidedCandidate, Result>(
  candidates: readonly [Each, ...Each[]],
  asking: Asking<Each, Result>,
): Promise<Tried<Result>> {
  const { breakers, note } = asking;
  // Somebody waits for an answer: when all have failed of late, the first may be well again.
  const at = Math.max(
    0,
    candidates.findIndex((candidate) => breakers.letsThrough(candidate)),
  );
  const next = candidates[at] ?? candidates[0];
  candidates.slice(0, at).forEach((candidate) => note({ ...toNamed(candidate), ...SPARED }));
  const tried = await askNoted(next, asking);
  if (tried.kind === 'done') {
    return tried;
  }
  const [another, ...others] = fallBack(candidates.slice(at + 1), next, tried.reason).filter((candidate) =>
    breakers.letsThrough(candidate),
  );
  return another === undefined ? tried : askInTurn([another, ...others], asking);
}

const SPARED = { result: 'passed-over', why: 'It has failed several times in a row.' } as const;

async function askNoted<Each extends ProvidedCandidate, Result>(
  candidate: Each,
  { breakers, note, ask }: Asking<Each, Result>,
): Promise<Tried<Result>> {
  breakers.note(candidate, 'asked');
  try {
    const tried = await ask(candidate);
    breakers.note(candidate, tried.kind === 'done' ? 'answered' : toBreakerEvent(tried.reason));
    note({
      ...toNamed(candidate),
      ...(tried.kind === 'done' ? { result: 'answered' } : { result: 'failed', why: tried.message }),
    });
    return tried;
  } catch (error) {
    breakers.note(candidate, 'released');
    throw error;
  }
}

function toNamed({ runtime, provider, model }: ProvidedCandidate): Pick<Asked, 'runtime' | 'model'> {
  return { runtime, model: provider === null ? null : model };
}
