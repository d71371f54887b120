import type { Actor } from '../actor.ts';
import type { Repository } from '../subject.ts';
import type { MemberSettings } from './member-settings.ts';
import type { Message } from './message.ts';
import type { TeamSettings } from './team-settings.ts';

/** An open issue. Times are milliseconds. */
export interface SeenIssue {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly url: string;
  readonly author: Actor;
  readonly labels: readonly string[];
  readonly createdMs: number;
}

/** A pull request that is open, or was closed not long ago. */
export interface SeenPull {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly url: string;
  readonly author: Actor;
  readonly headSha: string;
  readonly headRef: string;
  readonly baseRef: string;
  readonly fork: boolean;
  readonly draft: boolean;
  readonly state: 'open' | 'merged' | 'closed';
  readonly mergedMs: number | null;
  /** The issue that a run of Baton made it for; null for a person's own. */
  readonly issue: number | null;
  /** Whether it changes the user interface; false where nobody has looked. */
  readonly touchesInterface: boolean;
}

/** A run about something in the repository, the newest first. */
export interface SeenRun {
  readonly id: string;
  /** The issue or pull request that it is about. */
  readonly number: number;
  readonly workflow: string;
  /** The member that asked for it; null when a person did. */
  readonly member: string | null;
  readonly state:
    | 'queued'
    | 'running'
    | 'held'
    | 'succeeded'
    | 'merged'
    | 'failed'
    | 'cancelled'
    | 'withdrawn'
    | 'refused';
  /** The commit that it judged; null for one about an issue. */
  readonly headSha: string | null;
  readonly requestedMs: number;
  /** What a held run waits for. */
  readonly hold: { readonly kind: string; readonly digest: string } | null;
  readonly pullRequest: number | null;
  /** Its newest commit; null before it has begun. */
  readonly head: string | null;
  /** What the gates said of that commit. */
  readonly gates: readonly { readonly name: string; readonly green: boolean }[];
  /** What it has handed over last, such as a specification. */
  readonly handedOver: string;
  /** The file that it has written that into; null when it is in no file. */
  readonly document: string | null;
  /** Issues that it has filed, with their titles. */
  readonly filed: readonly { readonly number: number; readonly title: string; readonly known: boolean }[];
}

/** What a member sees of a repository when it wakes. */
export interface Sight {
  readonly repository: Repository;
  readonly nowMs: number;
  /** Names of the members that work here. */
  readonly members: readonly string[];
  /** Those of them that crashed too often, and do not wake. */
  readonly givenUp: readonly string[];
  readonly team: TeamSettings;
  /** What is wrong with what the repository says since; null when nothing. */
  readonly fault: string | null;
  readonly own: MemberSettings;
  readonly issues: readonly SeenIssue[];
  readonly pulls: readonly SeenPull[];
  readonly runs: readonly SeenRun[];
  /** How many of its own runs take one of its places. */
  readonly placesTaken: number;
  /** What others have told it, the most urgent first. */
  readonly messages: readonly Message[];
  /** The issue that the team reports in. */
  readonly board: number;
}

/** Whether something is under way, or waits. */
export function isOpen({ state }: SeenRun): boolean {
  return state === 'queued' || state === 'running' || state === 'held';
}

/** Whether what was asked for is there: all steps were done, or a person has merged what was proposed. */
export function endedWell({ state }: SeenRun): boolean {
  return state === 'succeeded' || state === 'merged';
}
