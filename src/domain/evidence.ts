import type { AcceptanceCriterion } from './acceptance-criteria.ts';
import type { CheckEgress } from './check-egress.ts';
import type { Profile } from './profile.ts';
import type { GateSettings } from './repository-settings.ts';
import type { Sha } from './sha.ts';

/** A file the change touches, as git tells it. */
export interface ChangedFile {
  readonly path: string;
  readonly status: 'added' | 'modified' | 'deleted' | 'renamed' | 'type-changed';
  /** The old path of a renamed file. */
  readonly from?: string;
  /** Git's file mode after the change, such as `100644`; `000000` when deleted. */
  readonly mode: string;
  readonly additions: number;
  readonly deletions: number;
  readonly binary: boolean;
}

/** A line that the change adds. Lines are counted from 1 in the new file. */
export interface AddedLine {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

/** A command was ended because it went over a limit of the sandbox. What it did is worth nothing. */
export interface OverLimit {
  readonly kind: 'over-limit';
  /** `uncounted` where nobody can tell how large its tree has become. */
  readonly limit: 'processes' | 'memory' | 'tree' | 'files' | 'volume' | 'uncounted';
  readonly reason: string;
  readonly remedy: string;
  readonly output: string;
  readonly durationMs: number;
}

/** What a command did in the sandbox. Output is cut in the middle when it is too long. */
export type CommandResult =
  | {
      readonly kind: 'exited';
      readonly code: number;
      readonly output: string;
      readonly durationMs: number;
      /** How what it needs was installed, in words; absent when nothing was. */
      readonly installed?: string;
      /** Places of the network that it asked for in vain, and why, in words; absent when there were none. */
      readonly inVain?: readonly string[];
    }
  | { readonly kind: 'timed-out'; readonly output: string; readonly durationMs: number }
  | OverLimit
  /** It could not be run at all. */
  | {
      readonly kind: 'unavailable';
      readonly reason: string;
      readonly remedy: string;
      /** What was said in the attempt to prepare it. */
      readonly output?: string;
      /** Doing the same again may help. */
      readonly retriable?: true;
      /** The operator does not want it run. */
      readonly switchedOff?: true;
    };

/** A file that a command has left behind. It is written by the code under judgement. */
export type WrittenFile =
  | {
      readonly kind: 'read';
      readonly text: string;
      /** Absolute path of the tree, as tools write it into reports. */
      readonly root: string;
    }
  | { readonly kind: 'absent' }
  /** Too long, a link, not text, or outside of the tree. */
  | { readonly kind: 'refused'; readonly reason: string };

/** How a command is run. */
export interface CommandRun {
  readonly timeoutMs: number;
  /** On the files of which commit; the head's when absent. A way out is for questions about the head. */
  readonly on?: 'base' | 'head' | { readonly egress: CheckEgress };
}

/**
 * All that a gate may look at. Commands and thresholds come from the base commit or the server,
 * never from the change that is judged.
 */
export interface Evidence {
  readonly head: Sha;
  /** The command profile of this repository, chosen by the files of the base commit. */
  readonly profile: Profile | null;
  /** What the repository sets for its gates, at the base. */
  readonly settings: GateSettings;
  /** What the run is to do. */
  readonly ticket: {
    /** How its documents are called, such as `ISSUE-12`. */
    readonly key: string;
    readonly criteria: readonly AcceptanceCriterion[];
  };
  /** All that the run has changed, or only what it has changed in the task that it is at. */
  changedFiles(since?: 'base' | 'task'): Promise<readonly ChangedFile[]>;
  addedLines(): Promise<readonly AddedLine[]>;
  /** The paths of all files of the head commit. */
  paths(): Promise<readonly string[]>;
  /** A file's bytes at the base or the head commit; null when it is not there. */
  readFile(at: 'base' | 'head', path: string): Promise<Uint8Array | null>;
  /**
   * A file's bytes at the newest commit that a person has approved, or has released for this gate; null when there is no
   * such commit, or no such file in it.
   */
  readAgreed(path: string): Promise<Uint8Array | null>;
  /**
   * Runs a shell command in the sandbox, in a tree that no other gate shares. It is clean at the first command. With an
   * egress, it is run in an excerpt of the head.
   */
  run(command: string, how: CommandRun): Promise<CommandResult>;
  /** A regular file as the commands have left it where the newest was run on the head; `absent` when none was. */
  readReport(path: string): Promise<WrittenFile>;
}
