import type { CommandResult } from '../domain/evidence.ts';

/** A directory of the server's that a process sees somewhere else. */
export interface Mount {
  /** Absolute path on this machine. */
  readonly source: string;
  /** Where it is seen: a path in the tree, or in the home when it begins with `~/`. It hides what is there. */
  readonly at: string;
  readonly access: 'read' | 'write';
  /** Directories in it that are writable, and empty, for this process alone. They exist in the source. */
  readonly scratch?: readonly string[];
}

/** One untrusted process and all that it may see. */
export interface SandboxedCommand {
  /** Program and arguments; no shell is put in between. */
  readonly argv: readonly [string, ...string[]];
  /** The tree it works in; also its working directory. */
  readonly tree: { readonly path: string; readonly access: 'read' | 'write' };
  /** Further paths it may read, such as a toolchain. */
  readonly readOnly?: readonly string[];
  /** What lies over the tree and in the home. */
  readonly mounts?: readonly Mount[];
  /** Globs of files and directories of the tree in whose place it sees empty ones; without a sandbox it sees them. */
  readonly hidden?: readonly string[];
  /** Directories put first on the PATH; `~/` stands for the home. */
  readonly path?: readonly string[];
  /** The whole environment besides PATH, HOME and LANG. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The socket of an HTTP proxy, which programs find by the usual variables. Without it there is no network. */
  readonly proxy?: string;
  readonly stdin?: string;
  /** Told the number of the process, for whoever looks after it; must not throw. */
  readonly onStarted?: (pid: number) => void;
  readonly timeoutMs: number;
}

/** A process that is talked to while it runs. What it says is as untrusted as the process. */
export interface SandboxedProcess {
  /** Writes one line to its standard input; lost when it has ended. */
  send(line: string): void;
  /** The lines of its standard output, to be read once; over when it has ended. A line of over 4 MiB is left out. */
  readonly lines: AsyncIterable<string>;
  /** How it ended; its `output` is what it wrote to standard error. Never rejects, and nothing of it is alive by then. */
  readonly ended: Promise<CommandResult>;
  /** Ends it with all that came from it, and resolves when that is so. Safe to call twice. */
  end(): Promise<void>;
}

/** Where untrusted processes run: agents and gate commands alike. */
export interface Sandbox {
  readonly kind: 'bubblewrap' | 'none';
  /** Runs to the end, the time limit or the signal; then nothing of it is alive. Rejects with an AbortError on the signal. */
  run(command: SandboxedCommand, signal: AbortSignal): Promise<CommandResult>;
  /**
   * Starts a process that is talked to. The time limit and the signal end it, as in `run`; so does the end of the
   * server. One that could not be started has ended as `unavailable`.
   */
  start(command: Omit<SandboxedCommand, 'stdin'>, signal: AbortSignal): Promise<SandboxedProcess>;
}
