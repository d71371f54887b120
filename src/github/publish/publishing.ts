import type { Subject } from '../../domain/subject.ts';
import type { CommentEdits } from '../../ports/comment-edits.ts';
import type { Effects } from '../../ports/effects.ts';
import type { SurfaceRecords } from '../../ports/surfaces.ts';
import type { ClientFor } from '../octokit/repository-clients.ts';
import type { Markers } from './markers.ts';

/** What it takes to put a surface on GitHub. */
export interface Publishing {
  readonly appId: number;
  /** Our own, such as `baton[bot]`: a reaction does not say which App made it. */
  readonly login: string;
  readonly clientFor: ClientFor;
  readonly effects: Effects;
  readonly records: SurfaceRecords;
  readonly edits: Pick<CommentEdits, 'find'>;
  readonly markers: Markers;
}

/** Where a surface belongs. */
export interface Place {
  readonly subject: Subject;
  /** The run id, or the intent's key. */
  readonly owner: string;
}

/** Owner, repository and issue number as GitHub's API calls them. */
export function toIssueParameters({ repository, number }: Subject) {
  return { owner: repository.owner, repo: repository.name, issue_number: number };
}

export function toRepositoryParameters({ repository }: Subject) {
  return { owner: repository.owner, repo: repository.name };
}
