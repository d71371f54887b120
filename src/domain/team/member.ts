import type { Deed } from './deed.ts';
import type { Sight } from './sight.ts';

/** A standing member of the team: who it is, when it wakes, and what it makes of what it sees. */
export interface Member<Name extends string = string> {
  /** Equals the file name. */
  readonly name: Name;
  readonly summary: string;
  /** The role that works for it, from roles/; null when no agent is asked. */
  readonly role: string | null;
  /** Place in the launch; 1 comes first. */
  readonly priority: number;
  /** How often it wakes when nothing else is said. */
  readonly everySeconds: number;
  /** Messages that wake it before its time. It is given all others too, when it wakes. */
  readonly wokenBy: readonly string[];
  /** Whether it looks at the files of open pull requests, which takes a request for each. */
  readonly readsFiles?: true;
  /** Set for one that starts no runs, so that nothing can be said about them. */
  readonly startsNothing?: true;
  /** What it does about what it sees, besides saying yes to its own runs. All messages count as dealt with when the deeds are done. */
  decide(sight: Sight): readonly Deed[];
}

/** Declares a member. */
export function defineMember<const Name extends string>(member: Member<Name>): Member<Name> {
  return member;
}
