import type { Bait } from './arena/bait.ts';
import type { Expectation } from './expectations.ts';
import type { Seen } from './seen.ts';

/** What an attack aims at; the first letter of its id. */
export const GROUPS = {
  P: 'hostile content into the prompt',
  G: 'git and files',
  X: 'running gates and agents',
  S: 'tokens and secrets',
} as const;
export type Group = keyof typeof GROUPS;

/** One thing that a talked-round agent does with its tools. */
export type Act =
  | { readonly run: string; readonly seconds?: number }
  | { readonly write: string; readonly content: string }
  | { readonly read: string };

/** Everything that a stranger, the repository and the agent contribute. Each part has a harmless default. */
export interface Plot {
  readonly title?: string;
  /** Of the issue, which somebody without any right opens. */
  readonly body?: string;
  /** Further comments by the same stranger. */
  readonly comments?: readonly string[];
  /** Files of the default branch, besides the harmless ones. */
  readonly files?: Readonly<Record<string, string>>;
  /** A shell script in a maintainer's clone of the repository, before its files are committed and pushed. */
  readonly before?: string;
  /** The same after they were pushed. */
  readonly after?: string;
  /** The same while the agent works: when it is asked for the first time. */
  readonly meanwhile?: string;
  readonly acts?: readonly Act[];
  /** What the agent says of its work, in one line. */
  readonly summary?: string;
  /** The provider refuses to answer, in these words. */
  readonly refusal?: string;
  /** Its last act can cost the agent its life, so that nobody hears what it came to. */
  readonly isLethal?: boolean;
  /** It aims at what happens before any agent is asked. */
  readonly aimsAtServer?: boolean;
}

/** One attack. It is tried on Baton and on a bot that defends nothing, with the same plot. */
export interface Attack {
  /** A letter of `GROUPS` and a number. */
  readonly id: string;
  readonly title: string;
  /** Why it does the naive bot no harm either; without it, the naive bot must fall for it. */
  readonly naiveHolds?: string;
  prepare(bait: Bait): Plot;
  /** What must hold besides what holds always: no tripwire, no secret outside, no call to the outside. */
  check(seen: Seen, bait: Bait): readonly Expectation[] | Promise<readonly Expectation[]>;
}

export function defineAttack(attack: Attack): Attack {
  return attack;
}

export function groupOf({ id }: Pick<Attack, 'id'>): Group {
  const letter = id.slice(0, 1);
  if (letter === 'P' || letter === 'G' || letter === 'X' || letter === 'S') {
    return letter;
  }
  throw new Error(`No group for the attack ${id}: its id must begin with ${Object.keys(GROUPS).join(', ')}.`);
}
