import type { TestBlock } from './test-block.ts';

const TESTS = /^[xf]?(?:test|it|specify)$/;
const GROUPS = /^[xf]?(?:describe|suite|context)$/;
/** What a runner adds that leaves a test on. */
const ON = /^(?:only|each|for|concurrent|sequential|serial|parallel|shuffle)$/;
const OFF = /^(?:skip|skipIf|runIf|todo|fixme|fails?|failing|ignore|if)$/;

/** What the words of a call say that it declares: `test.describe.skip`, `Deno.test`, `xit`. */
export interface RunnerName extends Pick<TestBlock, 'kind'> {
  readonly isOff: boolean;
  /** Whether it begins with the runner's word: `pattern.test` does not. */
  readonly isPlain: boolean;
}

export function readRunnerName(words: readonly string[]): RunnerName | null {
  const at = words.findIndex((word) => TESTS.test(word) || GROUPS.test(word));
  const own = words.slice(at);
  const modifiers = own.slice(1).filter((word) => !GROUPS.test(word));
  if (at === -1 || modifiers.some((word) => !ON.test(word) && !isOffWord(word))) {
    return null;
  }
  const isOff = modifiers.some(isOffWord) || own.some((word) => word.startsWith('x'));
  return { kind: own.some((word) => GROUPS.test(word)) ? 'group' : 'test', isOff, isPlain: at === 0 };
}

/** What switches a test off, as part of a name or as an option. */
export function isOffWord(word: string): boolean {
  return OFF.test(word);
}
