import type { Profile } from '../domain/profile.ts';
import type { RunningRun } from '../domain/run.ts';
import type { Log } from '../ports/log.ts';
import type { Tree } from '../ports/workspace.ts';
import { chooseProfile } from './choose-profile.ts';
import { type DependencyDesk, provideDependencies } from './provide-dependencies.ts';
import { toTreePath } from './tree-path.ts';
import type { Overlay } from './with-dependencies.ts';

/** What reading an overlay needs of the rest. */
export interface OverlayDesk extends DependencyDesk {
  readonly profiles: readonly Profile[];
  readonly log: Log;
}

const NOTHING: Overlay = { mounts: [], path: [] };

/**
 * What an agent finds installed in its tree. It goes without where that fails: it can still write, and the gates will say
 * what is wrong.
 */
export async function readOverlay(
  run: RunningRun,
  tree: Tree,
  { desk, signal }: { readonly desk: OverlayDesk; readonly signal: AbortSignal },
): Promise<Overlay> {
  const { repository } = run.order.subject;
  const profile = await chooseProfile(desk.profiles, (path) =>
    desk.workspace.readFile(repository, run.base.sha, path),
  );
  const provided = await provide(run, { commit: tree.commit, profile }, { desk, signal });
  if (provided === null) {
    return NOTHING;
  }
  if (provided.kind === 'failed') {
    const fields = { runId: run.order.id, step: run.step, reason: provided.summary };
    desk.log.warn(fields, 'an agent works without dependencies, since they could not be installed');
    return NOTHING;
  }
  const own = profile?.path ?? [];
  return { mounts: provided.mounts, path: own.map((entry) => toTreePath(tree.path, entry)) };
}

async function provide(...[run, request, means]: Parameters<typeof provideDependencies>) {
  try {
    return await provideDependencies(run, request, means);
  } catch (error) {
    means.signal.throwIfAborted();
    return { kind: 'failed', summary: String(error) } as const;
  }
}
