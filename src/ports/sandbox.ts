import type { CommandResult } from '../domain/evidence.ts';

/** One untrusted process and all that it may see. */
export interface SandboxedCommand {
  /** Program and arguments; no shell is put in between. */
  readonly argv: readonly [string, ...string[]];
  /** The tree it works in; also its working directory. */
  readonly tree: { readonly path: string; readonly access: 'read' | 'write' };
  /** Further paths it may read, such as a toolchain. */
  readonly readOnly?: readonly string[];
  /** Directories put first on the PATH. */
  readonly path?: readonly string[];
  /** The whole environment besides PATH, HOME and LANG. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly timeoutMs: number;
}

/** Where untrusted processes run: agents and gate commands alike. */
export interface Sandbox {
  readonly kind: 'bubblewrap' | 'none';
  /** Runs to the end, the time limit or the signal; then nothing of it is alive. Rejects with an AbortError on the signal. */
  run(command: SandboxedCommand, signal: AbortSignal): Promise<CommandResult>;
}
