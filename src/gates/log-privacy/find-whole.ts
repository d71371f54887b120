import {
  isInside,
  lastOf,
  type SourceCall,
  type SourceFacts,
  type SourceText,
  within,
} from '../source/source-facts.ts';
import { wordsOf } from '../source/words.ts';
import { findPrinted, PRINTS } from './find-printed.ts';

/** Values that have all that is known of somebody, or lets somebody in. */
const WHOLE =
  /^(?:users?|customers?|persons?|people|patients?|employees?|applicants?|subscribers?|passengers?|citizens?|buyers?|payers?|recipients?|credentials?)$/;
/** Builds have profiles and databases sessions, so it matters whose they are, and whether only their name is logged. */
const MAY_BE_WHOLE = /^(?:profiles?|sessions?)$/;
const SOMEBODYS = /^(?:req|request|ctx|auth|login)$/;
/** What is only called `env` is mostly the name of a stage. */
const ENVIRONMENT =
  /^(?:(?:globalThis\.)?process\.env|import\.meta\.env|(?:Deno|Bun)\.env|(?:os\.)?environb?)$/;

/** What gives all of a value as text, or as another value: `JSON.stringify(user)`. */
const GIVES_ALL =
  /(?:^|\.)(?:stringify|dumps?|inspect|format|pformat|str|repr|String|vars|dict|asdict|as_dict|list|tuple|values|entries|assign|structuredClone|serialize|child|bind|withFields|extra)(?:\(\))?$/i;
/** The same as a method or a field of it: `user.to_dict()`, `user.__dict__`. */
const ALL_OF_IT =
  /\.(?:to_?json|to_?string|to_?object|to_?dict|to_?plain|as_?dict|model_dump(?:_json)?|dict|json|values|entries|__dict__|__str__|__repr__|attributes)$/i;

/**
 * The places in a log statement that log all of a person, of a session or of the environment. `namesOf`: what a name may
 * be by its aliases.
 */
export function findWhole(
  facts: SourceFacts,
  statement: SourceCall,
  namesOf: (name: string) => readonly string[],
): readonly SourceText[] {
  const calls = within(facts.calls, statement).filter(({ argumentsAt }) => argumentsAt > statement.start);
  const named = within(facts.names, statement);
  const dumped = calls
    .filter(({ callee }) => ALL_OF_IT.test(callee))
    .map(({ callee, ...place }): SourceText => ({ ...place, text: callee }));
  const dumps = calls.filter(({ callee }) => GIVES_ALL.test(callee) && !PRINTS.test(callee));
  const isPrinted = findPrinted(facts, statement, calls);
  const whole = [...named, ...dumped].filter(
    (one) =>
      namesOf(withoutDump(one.text)).some((name) => ENVIRONMENT.test(name)) ||
      isSomebody(one.text) ||
      (mayBeSomebody(one.text) && (!isPrinted(one) || dumps.some((call) => isInside(one, call)))),
  );
  return withoutGiven(
    whole,
    calls.filter((call) => call.start !== statement.start || call.callee !== statement.callee),
  );
}

function withoutDump(name: string): string {
  return name.replace(ALL_OF_IT, '');
}

function isSomebody(name: string): boolean {
  const value = withoutDump(name);
  const last = wordsOf(lastOf(value)).at(-1) ?? '';
  const isSomebodys = wordsOf(value).some((word) => SOMEBODYS.test(word) || WHOLE.test(word));
  return WHOLE.test(last) || (MAY_BE_WHOLE.test(last) && (isSomebodys || value !== name));
}

function mayBeSomebody(name: string): boolean {
  return MAY_BE_WHOLE.test(wordsOf(lastOf(name)).at(-1) ?? '');
}

/** What another function is given, it need not give back: `idOf(user)`. Both are gone through once, by their places. */
function withoutGiven(values: readonly SourceText[], calls: readonly SourceCall[]): readonly SourceText[] {
  const takers = calls
    .filter(({ callee }) => !GIVES_ALL.test(callee))
    .toSorted((a, b) => a.argumentsAt - b.argumentsAt);
  let [next, until] = [0, 0];
  return values
    .toSorted((a, b) => a.start - b.start)
    .filter(({ start }) => {
      for (let call = takers[next]; call !== undefined && call.argumentsAt <= start; call = takers[next]) {
        until = Math.max(until, call.end);
        next += 1;
      }
      return start >= until;
    });
}
