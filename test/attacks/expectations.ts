import type { Seen } from './seen.ts';

/** What was expected after an attack, and what was seen. */
export interface Expectation {
  readonly holds: boolean;
  readonly expected: string;
  readonly seen: string;
}

/** How the run must have ended; or the ways of which each is fine. */
export function ended(seen: Seen, ...states: readonly Seen['state'][]): Expectation {
  return {
    holds: states.includes(seen.state),
    expected: `the run ends ${states.join(' or ')}`,
    seen: `${seen.state}: ${seen.summary}`,
  };
}

/** A text, and what must not be in it. */
export function without(what: string, text: string, forbidden: string | RegExp): Expectation {
  const at = typeof forbidden === 'string' ? text.indexOf(forbidden) : text.search(forbidden);
  return {
    holds: at === -1,
    expected: `${what} without ${String(forbidden)}`,
    seen: at === -1 ? 'nothing of it' : JSON.stringify(text.slice(Math.max(0, at - 60), at + 120)),
  };
}

/** A text, and what must be in it. */
export function containing(what: string, text: string, wanted: string | RegExp): Expectation {
  const found = typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
  return {
    holds: found,
    expected: `${what} with ${String(wanted)}`,
    seen: found ? 'it is there' : JSON.stringify(text.slice(0, 300)),
  };
}

export function equal(what: string, is: unknown, wanted: unknown): Expectation {
  const [seen, expected] = [JSON.stringify(is), JSON.stringify(wanted)];
  return { holds: seen === expected, expected: `${what}: ${expected}`, seen: seen ?? 'nothing' };
}
