import type { Actor } from '../domain/actor.ts';
import type { Change } from '../domain/change.ts';
import type { MergeMethod } from '../domain/merge-method.ts';
import type { Permission } from '../domain/permission.ts';
import type { Sha } from '../domain/sha.ts';
import type { Repository, Subject } from '../domain/subject.ts';
import type { SurfaceInput } from '../domain/surface.ts';

/** The issue or pull request as it is now. */
export interface LiveIssue {
  readonly state: 'open' | 'closed';
  readonly labels: readonly string[];
  readonly isPullRequest: boolean;
}

/** A pull request as it is now. */
export interface LivePullRequest {
  readonly state: 'open' | 'closed';
  readonly isDraft: boolean;
  readonly change: Change;
}

/**
 * Where a surface was put. `number` is the id of a comment or check run, or the number of a pull request; 0 for
 * a reaction to a comment that was deleted.
 */
export interface SurfaceReference {
  readonly number: number;
  readonly url: string;
}

/** An issue that the run wants to be there, about something that other runs may have come upon too. */
export interface IssueRequest {
  /** The same for the same thing, in hexadecimal: the repository has one issue about it. */
  readonly fingerprint: string;
  readonly runId: string;
  readonly title: string;
  readonly body: string;
  /** Whether an issue that Baton has made is about the same, in other words; none is when absent. */
  readonly isAlike?: (issue: { readonly title: string; readonly body: string }) => boolean;
  /**
   * What was found by looking at the default branch: an issue that was closed as done before that is over, and another
   * one is made. One that was closed for any other reason stays the one about it, as all closed ones do when absent.
   */
  readonly looked?: {
    /** Since when, in ISO. */
    readonly at: string;
    /** Told in the new issue. */
    readonly again: (done: number) => string;
  };
  /** Put on, and made when the repository does not have them. The first is what the issue is found by. */
  readonly labels: readonly [string, ...string[]];
  /** Put on when the repository has them, unless they are Baton's own. */
  readonly suggested: readonly string[];
}

export interface FiledIssue {
  readonly number: number;
  readonly url: string;
  readonly state: 'open' | 'closed';
  /** The run that made it. */
  readonly filedBy: string;
}

/** A pull request that is to be merged. */
export interface PullRequestMerge {
  readonly number: number;
  /** Nothing else is merged than this commit. */
  readonly head: Sha;
  readonly method: MergeMethod;
  readonly runId: string;
  readonly attempt: number;
}

export interface MergedPullRequest {
  readonly commit: Sha;
}

/** The code host, as orchestration needs it. Every write is idempotent and goes through the effect ledger. */
export interface CodeHost {
  /** Live permission of a person, matched by numeric id. Throws when it cannot be learnt: the caller refuses then. */
  permissionOf(repository: Repository, actor: Actor): Promise<Permission>;
  /** Whether a person is in a team (`organization/team`) now. Throws when it cannot be learnt. */
  isInTeam(
    repository: Repository,
    membership: { readonly team: string; readonly actor: Actor },
  ): Promise<boolean>;
  issue(subject: Subject): Promise<LiveIssue>;
  /** Throws when the subject is none, or cannot be read now. */
  pullRequest(subject: Subject): Promise<LivePullRequest>;
  /** Whether what was proposed from a branch of the repository itself has been merged. Throws when it cannot be learnt. */
  isMerged(repository: Repository, branch: string): Promise<boolean>;
  /**
   * Makes the surface be as described: created when absent, updated when different, untouched when the same.
   * Throws `RefusedError` when GitHub does not take it, such as a comment on a locked issue.
   * `owner` is the run id, or the intent's key for an answer that belongs to no run.
   */
  ensure(subject: Subject, owner: string, surface: SurfaceInput): Promise<SurfaceReference>;
  /**
   * Makes the issue, or finds the one about the same thing, whichever run made it; that one stays as it is.
   * Throws `RefusedError` when GitHub does not take it.
   */
  ensureIssue(repository: Repository, request: IssueRequest): Promise<FiledIssue>;
  /** Merges a pull request, or finds it merged. Throws `RefusedError` when GitHub does not merge it, with its words. */
  mergePullRequest(repository: Repository, request: PullRequestMerge): Promise<MergedPullRequest>;
}
