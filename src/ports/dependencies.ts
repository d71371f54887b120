import type { Installer } from '../domain/install.ts';
import type { Mount } from './sandbox.ts';

/** What has to be installed, and all that says so. */
export interface InstallRequest {
  /** Repository id: repositories share nothing that was installed. */
  readonly repository: number;
  readonly installer: Installer;
  /** The lock file and the files beside it, by their path in the repository. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Whether packages may run programs while they are installed. */
  readonly scripts: boolean;
  /** Hosts that the repository asks for, besides the registry, as `name` or `name:port`. */
  readonly hosts: readonly string[];
}

/** What came of an installation. */
export type Provided =
  | {
      readonly kind: 'installed';
      /** What was installed, for sandboxed processes. */
      readonly mounts: readonly Mount[];
      readonly cached: boolean;
      /** How long the installation took, now or then. */
      readonly durationMs: number;
      /** What somebody asked for in vain meanwhile, in words. */
      readonly notes: readonly string[];
    }
  | {
      readonly kind: 'failed';
      readonly summary: string;
      readonly remedy: string;
      /** What the command said. */
      readonly output?: string;
      /** Whether doing the same again may help. */
      readonly retriable: boolean;
    };

/** Installs what repositories need, and keeps it. */
export interface Dependencies {
  /** Rejects with an AbortError when the signal fires; else what went wrong is in the answer. */
  provide(request: InstallRequest, signal: AbortSignal): Promise<Provided>;
}
