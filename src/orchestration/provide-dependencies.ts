import type { Install } from '../domain/install.ts';
import type { Profile } from '../domain/profile.ts';
import { repositorySettingsSchema } from '../domain/repository-settings.ts';
import type { RunningRun } from '../domain/run.ts';
import type { Sha } from '../domain/sha.ts';
import type { Dependencies, Provided } from '../ports/dependencies.ts';
import type { Workspace } from '../ports/workspace.ts';
import { readNamedFiles } from './read-named-files.ts';

/** What providing dependencies needs of the rest. */
export interface DependencyDesk {
  readonly workspace: Pick<Workspace, 'readFile' | 'findFiles'>;
  /** Null where there is no sandbox to install in. */
  readonly dependencies: Dependencies | null;
}

/** The commit whose dependencies are wanted, and how they are installed in such a repository. */
export interface DependencyRequest {
  readonly commit: Sha;
  readonly profile: Profile | null;
}

/**
 * Installs what the lock file of a commit names, or finds it installed; null when there is nothing to install. What a
 * package may do meanwhile and where it may reach is as the base commit says; only the files are the commit's own.
 */
export async function provideDependencies(
  run: RunningRun,
  { commit, profile }: DependencyRequest,
  { desk, signal }: { readonly desk: DependencyDesk; readonly signal: AbortSignal },
): Promise<Provided | null> {
  const { settings, order } = run;
  // A run that began under an earlier version has no such settings.
  const { enabled, scripts, hosts } = repositorySettingsSchema.shape.install.parse(settings.install);
  if (desk.dependencies === null || profile?.install === undefined || !enabled) {
    return null;
  }
  const { repository } = order.subject;
  function read(path: string): Promise<Uint8Array | null> {
    return desk.workspace.readFile(repository, commit, path);
  }
  const chosen = await chooseInstall(profile.install, read);
  if (chosen === null) {
    return null;
  }
  const { install, lock } = chosen;
  if ('remedy' in install) {
    const summary = `Nothing can be installed from ${lock}.`;
    return { kind: 'failed', summary, remedy: install.remedy, retriable: false };
  }
  const named = await readNamedFiles(install.from, { workspace: desk.workspace, repository, commit });
  if (named.kind === 'too-many') {
    return toTooMany(named.count);
  }
  const files = new Map([[lock, chosen.bytes], ...named.files]);
  const request = { repository: repository.id, installer: install, files, scripts, hosts };
  return await desk.dependencies.provide(request, signal);
}

type Read = (path: string) => Promise<Uint8Array | null>;

async function chooseInstall(
  installs: readonly Install[],
  read: Read,
): Promise<{ readonly install: Install; readonly lock: string; readonly bytes: Uint8Array } | null> {
  for (const install of installs) {
    for (const lock of install.locks) {
      const bytes = await read(lock);
      if (bytes !== null) {
        return { install, lock, bytes };
      }
    }
  }
  return null;
}

function toTooMany(count: number): Provided {
  return {
    kind: 'failed',
    summary: `The repository has ${count} manifests, which is more than are read for an installation.`,
    remedy: 'Set `install.enabled` to false in .github/baton.yml.',
    retriable: false,
  };
}
