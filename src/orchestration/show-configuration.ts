import type { Change } from '../domain/change.ts';
import type { ConfigurationPreview } from '../domain/configuration-preview.ts';
import { type Subject, toSubjectKey } from '../domain/subject.ts';
import type { SurfaceInput } from '../domain/surface.ts';
import type { CodeHost } from '../ports/code-host.ts';
import type { Log } from '../ports/log.ts';
import { ensureSurfaces } from './ensure-surfaces.ts';

/** What the preview needs of the rest. */
export interface ConfigurationDesk {
  readonly codeHost: CodeHost;
  readonly log: Log;
  /** Null when the change leaves the configuration alone. */
  readonly previewConfiguration: (subject: Subject, change: Change) => Promise<ConfigurationPreview | null>;
  readonly configurationCheck: (change: Change, preview: ConfigurationPreview) => readonly SurfaceInput[];
}

/**
 * Says on a pull request what it would make of the repository's configuration, while it holds nowhere yet. What is live
 * counts, since events come in any order. Of a fork nothing is fetched. Throws when it cannot be shown now.
 */
export async function showConfiguration(subject: Subject, desk: ConfigurationDesk): Promise<void> {
  const { state, change } = await desk.codeHost.pullRequest(subject);
  if (state === 'closed' || change.fork) {
    return;
  }
  const preview = await desk.previewConfiguration(subject, change);
  if (preview === null) {
    return;
  }
  const owner = `configuration:${toSubjectKey(subject)}`;
  const surfaces = desk.configurationCheck(change, preview);
  if (!(await ensureSurfaces({ subject, owner, surfaces }, desk))) {
    throw new Error(`the check on ${owner} could not be shown; it will be tried again`);
  }
}
