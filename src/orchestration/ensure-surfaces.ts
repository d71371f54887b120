import type { Subject } from '../domain/subject.ts';
import type { SurfaceInput } from '../domain/surface.ts';
import type { CodeHost } from '../ports/code-host.ts';
import { RefusedError } from '../ports/effects.ts';
import type { Log } from '../ports/log.ts';

/** Surfaces and whose they are. */
export interface Showing {
  readonly subject: Subject;
  /** The run, or the intent that is answered. */
  readonly owner: string;
  readonly surfaces: readonly SurfaceInput[];
}

/**
 * Ensures every surface, each on its own: a locked issue must not hide the checks. True when nothing is left to do;
 * a refused surface is logged and done with, since sending it again would not help.
 */
export async function ensureSurfaces(
  { subject, owner, surfaces }: Showing,
  { codeHost, log }: { codeHost: CodeHost; log: Log },
): Promise<boolean> {
  const done = await Promise.all(
    surfaces.map(async (surface) => {
      try {
        await codeHost.ensure(subject, owner, surface);
        return true;
      } catch (error) {
        log.warn({ owner, surface: surface.key, error }, 'a surface could not be shown');
        return error instanceof RefusedError;
      }
    }),
  );
  return done.every(Boolean);
}
