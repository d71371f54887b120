import type { Sha } from '../domain/sha.ts';
import type { Repository } from '../domain/subject.ts';
import type { Effects } from '../ports/effects.ts';
import type { Log } from '../ports/log.ts';
import type { Tree, Workspace } from '../ports/workspace.ts';
import { readAddedLines } from './diff/added-lines.ts';
import { readChangedFiles } from './diff/changed-files.ts';
import { findFiles } from './diff/find-files.ts';
import { listFiles } from './diff/list-files.ts';
import { listPaths } from './diff/list-paths.ts';
import { readBlob } from './diff/read-blob.ts';
import { readUnifiedDiff } from './diff/read-diff.ts';
import { readCommittedText } from './diff/read-text.ts';
import { findGit } from './git/find-git.ts';
import { rememberAnswers } from './git/remember-answers.ts';
import { createGit, type Git } from './git/run-git.ts';
import { mergeCommits } from './merges/merge-commits.ts';
import { createMirrors, type Mirrors } from './mirrors/create-mirrors.ts';
import { openProcessHome } from './process-home.ts';
import { toPushEffect, toRemovalEffect } from './remote/branch-effects.ts';
import { toOwnRef } from './remote/branch-name.ts';
import { BranchMovedError, WorkflowFileError } from './remote/push-branch.ts';
import { readMergeBase, readTip } from './remote/read-change.ts';
import { createOpenRemote, type OpenRemote, type RemoteUse, toFullName } from './remote/remote.ts';
import { readDefaultBranch, readRemoteHead } from './remote/remote-refs.ts';
import { listOwnBranches } from './remote/remove-branch.ts';
import { createSpares, type Spares } from './spares/create-spares.ts';
import { commitFile } from './trees/commit-file.ts';
import { toTrailers } from './trees/commit-message.ts';
import type { Identity } from './trees/commit-tree.ts';
import { openExcerpt } from './trees/open-excerpt.ts';
import { type OpenedTree, openTree, type TreeTools } from './trees/open-tree.ts';
import { readWrittenFile } from './trees/read-written-file.ts';
import { sealTree } from './trees/seal-tree.ts';

export interface WorkspaceOptions {
  /** Directory for mirrors and trees; kept between starts. */
  readonly home: string;
  /** An http(s) URL without credentials. */
  remoteUrl(repository: Repository): string;
  /** A token that may read contents, or write them to push; null for none. Asked for each use of the remote. */
  token(repository: Repository, use: RemoteUse): Promise<string | null>;
  readonly effects: Effects;
  /** Author and committer of every checkpoint. */
  readonly identity: Identity;
  readonly log: Log;
  /** Further variables for git, such as `https_proxy`. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Time for one local git command. */
  readonly timeoutMs?: number;
}

/** What the parts of a workspace share. */
interface Tools {
  readonly git: Git;
  readonly openRemote: OpenRemote;
  readonly mirrors: Mirrors;
  readonly trees: Promise<TreeTools & { readonly spares: Spares }>;
}

/** A workspace, and what keeps its disk in order. */
export interface OpenWorkspace extends Workspace {
  /** Removes the mirrors that no process has used for so long, and says how many. */
  removeMirrors(olderThanMs: number): Promise<number>;
  /** Stops its git processes and removes its trees. */
  close(): Promise<void>;
}

/**
 * Makes the workspace.
 * @throws Error when git is not installed.
 */
export function createWorkspace(options: WorkspaceOptions): OpenWorkspace {
  const closing = new AbortController();
  const git = createGit({
    program: findGit(),
    directory: '/',
    environment: options.environment ?? {},
    timeoutMs: options.timeoutMs ?? 2 * 60_000,
    signal: closing.signal,
    onEnd: (ended) => options.log.debug({ ...ended }, 'git ended'),
  });
  const home = openProcessHome(options.home);
  const trees = home.then((own) => {
    const treeTools = { git, home: own, log: options.log };
    return { ...treeTools, spares: createSpares(treeTools, closing.signal) };
  });
  // Whoever uses the home first is told why it could not be made.
  trees.catch(() => undefined);
  const openRemote = createOpenRemote(options);
  const mirrors = createMirrors({ git, home, openRemote, log: options.log });
  const tools: Tools = { git, openRemote, mirrors, trees };
  return {
    ...createRemoteSide(tools, options.effects),
    ...createTreeSide(tools, options.identity),
    ...createMergeSide(tools, options.identity),
    ...createReadingSide(tools),
    removeMirrors: (olderThanMs) => mirrors.removeUnused(olderThanMs),
    async close() {
      closing.abort();
      const opened = await trees;
      await opened.spares.close();
      await opened.home.close();
    },
  };
}

function createRemoteSide(
  tools: Tools,
  effects: Effects,
): Pick<Workspace, 'readBase' | 'readChange' | 'remoteHead' | 'push' | 'removeBranches'> {
  const { git, openRemote, mirrors } = tools;
  return {
    async readBase(repository) {
      const base = await readDefaultBranch(git, await openRemote(repository, 'fetch'));
      await mirrors.use(repository, [base.sha], () => Promise.resolve());
      return base;
    },
    async readChange({ repository, number }, change) {
      const wanted = { number, change };
      const tip = await readTip(git, await openRemote(repository, 'fetch'), wanted);
      const mergeBase = await mirrors.use(repository, [tip, change.headSha], (gitDir) =>
        readMergeBase(git, { gitDir, repository: toFullName(repository) }, { tip, wanted }),
      );
      return { mergeBase, tip };
    },
    async remoteHead(repository, branch) {
      return readRemoteHead(git, await openRemote(repository, 'fetch'), branch);
    },
    async removeBranches({ repository, runId, prefix }) {
      const found = await listOwnBranches(git, await openRemote(repository, 'fetch'), prefix);
      for (const own of found) {
        await effects.ensure(toRemovalEffect(tools, { repository, runId }, own));
      }
    },
    async push(request) {
      toOwnRef(request.branch);
      try {
        return await effects.ensure(toPushEffect(tools, request));
      } catch (error) {
        if (error instanceof BranchMovedError) {
          return { kind: 'moved', to: error.to };
        }
        if (error instanceof WorkflowFileError) {
          return { kind: 'forbidden', path: error.path };
        }
        throw error;
      }
    },
  };
}

function createMergeSide(
  { git, mirrors, trees }: Tools,
  identity: Identity,
): Pick<Workspace, 'merge' | 'commitFile'> {
  return {
    merge: (onto, commit, seal) =>
      mirrors.use(seal.repository, [onto, commit], (gitDir) =>
        mergeCommits(git, { gitDir, identity }, { onto, commit, seal }),
      ),
    async commitFile(onto, file, seal) {
      const { indexes } = (await trees).home;
      return mirrors.use(seal.repository, [onto], (gitDir) =>
        commitFile(git, { gitDir, indexes, identity }, { onto, file, seal }),
      );
    },
  };
}

function createTreeSide(
  tools: Tools,
  identity: Identity,
): Pick<Workspace, 'openTree' | 'openExcerpt' | 'readWritten' | 'seal'> {
  const { git, mirrors } = tools;
  const opened = new WeakMap<Tree, OpenedTree>();
  return {
    async openTree(repository, commit, purpose) {
      const trees = await tools.trees;
      const tree = await mirrors.use(repository, [commit], (gitDir) => {
        const wanted = { repository, gitDir, commit, purpose };
        return trees.spares.use(wanted, (spare) => openTree(trees, wanted, spare));
      });
      opened.set(tree, tree);
      return tree;
    },
    openExcerpt: async (commit, files) => openExcerpt((await tools.trees).home, commit, files),
    readWritten: (tree, path, maxBytes) => readWrittenFile(tree.path, path, maxBytes),
    async seal(tree, seal) {
      const known = opened.get(tree);
      if (known === undefined) {
        throw new Error(
          `The tree ${tree.path} was not opened by this workspace; only its own trees can be sealed.`,
        );
      }
      const { repository } = seal;
      const { spares } = await tools.trees;
      return mirrors.use(repository, [tree.commit], async (gitDir) => {
        const sealed = await sealTree(git, { gitDir, tree: known, identity }, seal);
        if (sealed.kind === 'sealed') {
          // The next to be asked is a gate, about this commit.
          spares.expect({ repository, gitDir, commit: sealed.commit });
        }
        return sealed;
      });
    },
  };
}

function createReadingSide(
  tools: Tools,
): Pick<
  Workspace,
  | 'readTrailers'
  | 'changedFiles'
  | 'addedLines'
  | 'readFile'
  | 'readText'
  | 'listFiles'
  | 'findFiles'
  | 'listPaths'
  | 'readDiff'
> {
  const git = rememberAnswers(tools.git);
  function read<Result>(
    repository: Repository,
    commits: readonly Sha[],
    work: (mirror: { gitDir: string; repository: string }) => Promise<Result>,
  ): Promise<Result> {
    return tools.mirrors.use(repository, commits, (gitDir) =>
      work({ gitDir, repository: toFullName(repository) }),
    );
  }
  return {
    readTrailers: (repository, commit) =>
      read(repository, [commit], async (mirror) => {
        const { stdout } = await git({ ...mirror, args: ['cat-file', 'commit', commit] });
        return toTrailers(stdout.toString());
      }),
    changedFiles: (repository, base, head) =>
      read(repository, [base, head], (mirror) => readChangedFiles(git, mirror, { base, head })),
    addedLines: (repository, base, head) =>
      read(repository, [base, head], (mirror) => readAddedLines(git, mirror, { base, head })),
    readFile: (repository, commit, path) =>
      read(repository, [commit], (mirror) => readBlob(git, mirror, { commit, path })),
    readText: (repository, commit, file) =>
      read(repository, [commit], (mirror) => readCommittedText(git, mirror, { commit, ...file })),
    listPaths: (repository, commit) => read(repository, [commit], (mirror) => listPaths(git, mirror, commit)),
    listFiles: (repository, commit, directory) =>
      read(repository, [commit], (mirror) => listFiles(git, mirror, { commit, directory })),
    findFiles: (repository, commit, names) =>
      read(repository, [commit], (mirror) => findFiles(git, mirror, { commit, names })),
    readDiff: (repository, ...[base, head, wanted]) =>
      read(repository, [base, head], (mirror) => readUnifiedDiff(git, mirror, { base, head, ...wanted })),
  };
}
