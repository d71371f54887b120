import type { Change } from '../domain/change.ts';
import type { Conflict } from '../domain/conflict.ts';
import type { AddedLine, ChangedFile, WrittenFile } from '../domain/evidence.ts';
import type { Finding } from '../domain/finding.ts';
import type { Sha } from '../domain/sha.ts';
import type { Repository, Subject } from '../domain/subject.ts';

/** A directory with exactly the files of one commit. It has no `.git`: the server keeps that elsewhere. */
export interface Tree {
  readonly path: string;
  readonly commit: Sha;
  /** Removes the directory and what the server kept for it. Safe to call twice. */
  close(): Promise<void>;
}

/** The repository has nothing to build on until somebody changes it; the message says what. */
export class NoBaseError extends Error {
  override readonly name = 'NoBaseError';
}

/** Which run, step and attempt a checkpoint seals: written as trailers of the commit. */
export interface Seal {
  readonly repository: Repository;
  readonly runId: string;
  readonly step: string;
  readonly attempt: number;
  /** First line of the commit message. */
  readonly subject: string;
  /** ISO time, for author and committer date. */
  readonly at: string;
  /** The commits that it joins; the tree's own when absent. */
  readonly parents?: readonly [Sha, ...Sha[]];
}

/** What came of merging one commit into another. */
export type Merged =
  | { readonly kind: 'merged'; readonly commit: Sha }
  /** `commit` holds the files with both sides in them, so that somebody can settle it in a tree. It is on no branch. */
  | {
      readonly kind: 'conflict';
      readonly commit: Sha;
      readonly conflicts: readonly [Conflict, ...Conflict[]];
    };

/** The text of a file as a commit has it. `why` goes on from its name: "is a symbolic link". */
export type CommittedText =
  | { readonly kind: 'read'; readonly text: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'refused'; readonly why: string };

/** What came of a push. */
export type Pushed =
  | { readonly kind: 'pushed' }
  | { readonly kind: 'moved'; readonly to: Sha | null }
  | { readonly kind: 'forbidden'; readonly path: string };

/** What came of sealing a tree. */
export type Sealed =
  | { readonly kind: 'sealed'; readonly commit: Sha }
  /** The tree is the same as its commit's. */
  | { readonly kind: 'unchanged' }
  /** The tree holds something that must not be committed: a link out of the tree, a nested repository, a bad name. */
  | { readonly kind: 'refused'; readonly findings: readonly Finding[] };

/** The only caller of git. It never reads configuration, hooks or filters that an agent can write. */
export interface Workspace {
  /** The short name of the default branch and its live commit, brought into the mirror. Throws `NoBaseError` when there is none. */
  readBase(repository: Repository): Promise<{ readonly ref: string; readonly sha: Sha }>;
  /**
   * Brings the head of a pull request and the branch it is for into the mirror, and tells the live commit of that branch
   * and where the two come together. All of it comes from the subject's own repository, also for a fork. Throws
   * `NoBaseError` when the pull request is no longer what `change` says.
   */
  readChange(subject: Subject, change: Change): Promise<{ readonly mergeBase: Sha; readonly tip: Sha }>;
  /** A fresh directory with the files of `commit`, fetched from the remote when the mirror lacks it. */
  openTree(repository: Repository, commit: Sha, purpose: string): Promise<Tree>;
  /** A fresh directory with these files alone, by their paths in `commit`. It cannot be sealed. */
  openExcerpt(commit: Sha, files: ReadonlyMap<string, Uint8Array>): Promise<Tree>;
  /** What processes have left in a tree under this path, of `maxBytes` at most. No process may work there any more. */
  readWritten(tree: Tree, path: string, maxBytes: number): Promise<WrittenFile>;
  /**
   * Commits the tree on top of its commit, as the App, without asking anything in the tree how. Nothing is pushed.
   * No process may work in the tree any more. Ignored files stay out, by the tree's own `.gitignore`.
   */
  seal(tree: Tree, seal: Seal): Promise<Sealed>;
  /**
   * Makes `branch` (a `baton/*` name) on the remote point to `commit`, if it still points to `expected` (null: absent).
   * `moved` tells where it points instead; `forbidden` names a file that the App may not change. Goes through the effect
   * ledger.
   */
  push(request: {
    readonly repository: Repository;
    readonly runId: string;
    readonly branch: string;
    readonly commit: Sha;
    readonly expected: Sha | null;
  }): Promise<Pushed>;
  /** Merges a commit into another, without a tree and without pushing, always as a merge commit. The seal's parents do not count. */
  merge(onto: Sha, commit: Sha, seal: Seal): Promise<Merged>;
  /**
   * Commits one regular file on top of a commit, without a tree and without pushing; null when it is there with this
   * text. A link at the path or above it is replaced. The seal's parents do not count.
   */
  commitFile(
    onto: Sha,
    file: { readonly path: string; readonly text: string },
    seal: Seal,
  ): Promise<Sha | null>;
  /** Removes every branch on the remote whose `baton/*` name begins so. Goes through the effect ledger. */
  removeBranches(request: {
    readonly repository: Repository;
    readonly runId: string;
    readonly prefix: string;
  }): Promise<void>;
  /** Where a branch points on the remote now; null when it does not exist. */
  remoteHead(repository: Repository, branch: string): Promise<Sha | null>;
  /** Trailers of a commit (`Baton-Run`, `Baton-Step`, `Baton-Attempt`), to recognise one's own work after a crash. */
  readTrailers(repository: Repository, commit: Sha): Promise<Readonly<Record<string, string>>>;
  changedFiles(repository: Repository, base: Sha, head: Sha): Promise<readonly ChangedFile[]>;
  addedLines(repository: Repository, base: Sha, head: Sha): Promise<readonly AddedLine[]>;
  /** The bytes of a regular file; null for anything else: absent, a directory, a link, a submodule. */
  readFile(repository: Repository, commit: Sha, path: string): Promise<Uint8Array | null>;
  /** The text of a file at a commit, of `maxBytes` at most; of anything but a regular file it is told what it is. */
  readText(
    repository: Repository,
    commit: Sha,
    file: { readonly path: string; readonly maxBytes: number },
  ): Promise<CommittedText>;
  /** The paths of all files of a commit, links and submodules too. */
  listPaths(repository: Repository, commit: Sha): Promise<readonly string[]>;
  /** Names of the regular files directly in a directory, sorted by git; none when there is no such directory. */
  listFiles(repository: Repository, commit: Sha, directory: string): Promise<readonly string[]>;
  /** Paths of the regular files anywhere whose name fits one of `names`, in which `*` stands for any characters. */
  findFiles(repository: Repository, commit: Sha, names: readonly string[]): Promise<readonly string[]>;
  /** Unified diff as text for a brief: cut at `maxBytes`, and only of `paths` when some are given. */
  readDiff(
    repository: Repository,
    base: Sha,
    head: Sha,
    wanted: { readonly maxBytes: number; readonly paths?: readonly string[] | undefined },
  ): Promise<string>;
}
