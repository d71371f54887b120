import type { Actor } from '../domain/actor.ts';
import type { Permission } from '../domain/permission.ts';
import type { Repository, Subject } from '../domain/subject.ts';
import type { SurfaceInput } from '../domain/surface.ts';

/** The issue or pull request as it is now. */
export interface LiveIssue {
  readonly state: 'open' | 'closed';
  readonly labels: readonly string[];
}

/**
 * Where a surface was put. `number` is the id of a comment or check run, or the number of a pull request; 0 for
 * a reaction to a comment that was deleted.
 */
export interface SurfaceReference {
  readonly number: number;
  readonly url: string;
}

/** The code host, as orchestration needs it. Every write is idempotent and goes through the effect ledger. */
export interface CodeHost {
  /** Live permission of a person, matched by numeric id. Throws when it cannot be learnt: the caller refuses then. */
  permissionOf(repository: Repository, actor: Actor): Promise<Permission>;
  issue(subject: Subject): Promise<LiveIssue>;
  /**
   * Makes the surface be as described: created when absent, updated when different, untouched when the same.
   * Throws `RefusedError` when GitHub does not take it, such as a comment on a locked issue.
   * `owner` is the run id, or the intent's key for an answer that belongs to no run.
   */
  ensure(subject: Subject, owner: string, surface: SurfaceInput): Promise<SurfaceReference>;
}
