import type { Actor } from '../domain/actor.ts';
import type { Repository } from '../domain/subject.ts';
import type { SeenPull } from '../domain/team/sight.ts';

/** A repository that the App is installed on. */
export interface InstalledRepository extends Repository {
  /** Changes with every push. */
  readonly pushedAt: string;
}

/** An open issue as GitHub lists it. Times are ISO. */
export interface ListedIssue {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly url: string;
  readonly author: Actor;
  readonly labels: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A pull request as GitHub lists it. */
export type ListedPull = Omit<SeenPull, 'issue' | 'mergedMs' | 'touchesInterface'> & {
  readonly mergedAt: string | null;
};

/** Who put a label on an issue the last time. */
export interface Labelling {
  readonly eventId: number;
  readonly actor: Actor;
  readonly byProgram: boolean;
  /** ISO. */
  readonly at: string;
}

/** What members of the team look at on the code host. Nothing of it writes. */
export interface TeamSight {
  /** Whether there is an issue or a pull request of that number. */
  hasIssue(repository: Repository, number: number): Promise<boolean>;
  installed(): Promise<readonly InstalledRepository[]>;
  /** Open issues, without pull requests; the oldest when there are too many. */
  issues(repository: Repository): Promise<readonly ListedIssue[]>;
  /** Those that changed last, open and closed. */
  pulls(repository: Repository): Promise<readonly ListedPull[]>;
  /** Paths that a pull request changes, and those that moved files had before. */
  changedPaths(repository: Repository, pull: number): Promise<readonly string[]>;
  /** Null when the label is not on the issue. */
  labelling(repository: Repository, issue: number, label: string): Promise<Labelling | null>;
}
