import { describe, expect, it } from 'vitest';
import type { Asked } from '../../src/domain/asked.ts';
import type { FailureReason, ProvidedCandidate } from '../../src/domain/fall-back.ts';
import { askInTurn, type Tried } from '../../src/orchestration/ask-in-turn.ts';
import { createBreakers } from '../../src/orchestration/create-breakers.ts';
import { SILENT } from '../support/examples.ts';

const FIRST = { runtime: 'claude', provider: 'anthropic', model: 'large' };
const SECOND = { runtime: 'claude', provider: 'anthropic', model: 'small' };
const THIRD = { runtime: 'codex', provider: 'openai', model: 'gpt' };
const ALL = [FIRST, SECOND, THIRD] as const;

function fails(reason: FailureReason): Tried<string> {
  return { kind: 'failed', reason, message: `${reason}!`, remedy: 'Retry.', retriable: true };
}

function setUp() {
  let nowMs = 0;
  const breakers = createBreakers({
    rules: { failures: 2, coolDownMs: 100 },
    elapsedMs: () => nowMs,
    log: SILENT,
  });
  /** Asks with these results by model; gives what came of it and who was asked. */
  async function ask(
    results: Readonly<Record<string, Tried<string>>>,
    candidates: readonly [ProvidedCandidate, ...ProvidedCandidate[]] = ALL,
  ) {
    const noted: Omit<Asked, 'role'>[] = [];
    const tried = await askInTurn(candidates, {
      breakers,
      note: (asked) => noted.push(asked),
      ask: async ({ model }) => results[model] ?? { kind: 'done', result: model },
    });
    return { tried, asked: noted.map(({ model, result }) => `${model} ${result}`) };
  }
  return {
    ask,
    breakers,
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

describe('orchestration/ask-in-turn', () => {
  it.each<[FailureReason, readonly string[]]>([
    ['provider', ['large failed', 'small answered']],
    ['crash', ['large failed', 'gpt answered']],
    ['quota', ['large failed', 'gpt answered']],
    ['budget', ['large failed']],
    ['time-limit', ['large failed']],
    ['turns', ['large failed']],
    ['no-report', ['large failed']],
    ['sandbox', ['large failed']],
  ])('after %s: %j', async (reason, expected) => {
    const { ask } = setUp();
    expect((await ask({ large: fails(reason) })).asked).toEqual(expected);
  });

  it('gives the last failure when all fail', async () => {
    const { ask } = setUp();
    const all = { large: fails('provider'), small: fails('provider'), gpt: fails('crash') };
    expect((await ask(all)).tried).toMatchObject({ reason: 'crash' });
  });

  it('passes over what fails again and again, and tries it once more after a while', async () => {
    const { ask, pass } = setUp();
    const down = { large: fails('provider') };
    await ask(down);
    await ask(down);
    expect((await ask(down)).asked).toEqual(['large passed-over', 'small answered']);
    pass(100);
    expect((await ask(down)).asked).toEqual(['large failed', 'small answered']);
    expect((await ask({})).asked).toEqual(['large passed-over', 'small answered']);
    pass(100);
    expect((await ask({})).asked).toEqual(['large answered']);
    expect((await ask({})).asked).toEqual(['large answered']);
  });

  it('asks the first all the same when there is nobody else', async () => {
    const { ask } = setUp();
    const down = { large: fails('provider') };
    await ask(down, [FIRST]);
    await ask(down, [FIRST]);
    expect((await ask({}, [FIRST])).asked).toEqual(['large answered']);
  });

  it('frees a trial that somebody stopped', async () => {
    const { ask, pass, breakers } = setUp();
    const down = { large: fails('provider') };
    await ask(down);
    await ask(down);
    pass(100);
    const stopped = askInTurn([FIRST], {
      breakers,
      note: () => undefined,
      ask: () => Promise.reject(new DOMException('stopped', 'AbortError')),
    });
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
    expect((await ask({})).asked).toEqual(['large answered']);
  });
});
