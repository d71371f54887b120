import { interventionOf } from '../domain/intervention-of.ts';
import type { HeldRun, Run } from '../domain/run.ts';
import type { CodeHost } from '../ports/code-host.ts';
import type { Digest } from '../ports/digest.ts';
import { RefusedError } from '../ports/effects.ts';
import type { Log } from '../ports/log.ts';

/** The first is what such an issue is found by. */
const LABELS = ['baton: intervention'] as const;

/** What filing needs of the rest. */
export interface InterventionDesk {
  readonly codeHost: Pick<CodeHost, 'ensureIssue'>;
  readonly log: Log;
  readonly digest: Digest;
  readonly describe: (run: HeldRun) => { readonly title: string; readonly body: string };
}

/**
 * Makes an issue of what a run needs of a person, once for each attempt that led there. True when nothing is left to do;
 * a repository that takes no issues has said so.
 */
export async function fileIntervention(run: Run, desk: InterventionDesk): Promise<boolean> {
  const needed = interventionOf(run);
  if (needed === null) {
    return true;
  }
  const { order } = needed.run;
  try {
    await desk.codeHost.ensureIssue(order.subject.repository, {
      fingerprint: desk.digest(needed.key).slice(0, 32),
      runId: order.id,
      ...desk.describe(needed.run),
      labels: LABELS,
      suggested: [],
    });
    return true;
  } catch (error) {
    desk.log.warn({ runId: order.id, error }, 'the issue about an intervention could not be made');
    return error instanceof RefusedError;
  }
}
