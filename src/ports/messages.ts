import type { Wait } from '../domain/team/find-circles.ts';
import type { LetterInput, Message, MessageCounts } from '../domain/team/message.ts';

/** What became of a letter. `full`: nothing was kept; the sender tells it again later. */
export type Sent = 'sent' | 'known' | 'full';

/** Whose messages are taken, and by what. */
export interface Taking {
  readonly repositoryId: number;
  readonly recipient: string;
  /** What works on them. Asking again under the same name gives the same messages again. */
  readonly taker: string;
  readonly limit: number;
}

/** Messages that wait for a member. */
export interface Waiting {
  readonly repositoryId: number;
  readonly recipient: string;
  readonly type: string;
  /** The one that is taken first. */
  readonly firstId: number;
}

/** A member that works in a repository. */
export interface Worker {
  readonly repositoryId: number;
  readonly member: string;
}

/**
 * The messages between members, in one queue per member and repository. A message is pending, then in progress, then
 * completed or failed. It comes at least once: what a taker leaves in progress is given to the next, so whatever a
 * message causes has a key. One that was taken too often without an end, or whose recipient is gone, is failed.
 */
export interface Messages {
  /** On disk when it returns. Says what became of each letter. Throws when a letter is not well-formed. */
  send(letters: readonly LetterInput[]): Promise<readonly Sent[]>;
  /** By priority, then by age. */
  take(taking: Taking): Promise<readonly Message[]>;
  /** Ends those that the taker still has, and says which these were. */
  complete(ids: readonly number[], taker: string): Promise<readonly number[]>;
  /** Puts back what the taker has in progress and cannot do now. */
  putBack(taker: string): Promise<void>;
  /** Who has messages pending, of which types. */
  waiting(): Promise<readonly Waiting[]>;
  /** The repositories of which no more messages are taken now. */
  full(): Promise<ReadonlySet<number>>;
  /** Whose messages to whom nobody has taken for longer than this. */
  stalled(repositoryId: number, olderThanMs: number): Promise<readonly Wait[]>;
  /** Raises the priority of what has waited for longer than this since it was sent or raised, by one. Returns how many. */
  raiseStalled(repositoryId: number, olderThanMs: number): Promise<number>;
  /** Fails what has waited for longer than this for anybody but these, and says how many. */
  failUnwanted(workers: readonly Worker[], olderThanMs: number): Promise<number>;
  counts(): Promise<MessageCounts>;
  /** Deletes at most `limit` that ended longer ago, and says how many. */
  prune(olderThanMs: number, limit: number): Promise<number>;
}
