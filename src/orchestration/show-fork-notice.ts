import type { Change } from '../domain/change.ts';
import type { Subject } from '../domain/subject.ts';
import { toSubjectKey } from '../domain/subject.ts';
import type { SurfaceInput } from '../domain/surface.ts';
import type { Log } from '../ports/log.ts';
import { ensureSurfaces } from './ensure-surfaces.ts';
import type { ChangeDesk } from './find-change.ts';

/** What the notice needs of the rest. */
export interface NoticeDesk extends ChangeDesk {
  readonly log: Log;
  /** What has to be written for the commit to be reviewed. */
  readonly forkNotice: (change: Change) => readonly SurfaceInput[];
}

/**
 * Says on the pull request of a fork what it takes to have it reviewed: once, and kept up to date. What is live counts,
 * not what the event told, since events come in any order. Throws when it cannot be shown now.
 */
export async function showForkNotice(subject: Subject, desk: NoticeDesk): Promise<void> {
  if (!(await desk.reviewEvents(subject.repository)).includes('opened')) {
    return;
  }
  const { state, isDraft, change } = await desk.codeHost.pullRequest(subject);
  if (state === 'closed' || isDraft || !change.fork) {
    return;
  }
  const owner = `fork:${toSubjectKey(subject)}`;
  if (!(await ensureSurfaces({ subject, owner, surfaces: desk.forkNotice(change) }, desk))) {
    throw new Error(`the notice on ${owner} could not be shown; it will be tried again`);
  }
}
