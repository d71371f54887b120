import { basename, dirname } from 'node:path/posix';
import type { Sha } from '../../src/domain/sha.ts';
import type { Seal, Sealed, Workspace } from '../../src/ports/workspace.ts';
import { sha } from './orders.ts';

/** A remote and its trees without git: a commit is what a test says it is. */
export interface InMemoryWorkspace extends Workspace {
  /** Where the branches of the remote point. */
  readonly branches: Map<string, Sha>;
  readonly trailers: Map<Sha, Readonly<Record<string, string>>>;
  readonly seals: Seal[];
  /** Purposes of the trees that are open now. */
  readonly openTrees: Set<string>;
  readonly files: Map<string, Uint8Array>;
  /** What sealing comes to. A sealed commit gets the trailers of its seal. */
  sealing: Sealed;
  /** Thrown instead of opening a tree. */
  treeFault: Error | null;
}

export function createInMemoryWorkspace(): InMemoryWorkspace {
  const workspace: InMemoryWorkspace = {
    branches: new Map(),
    trailers: new Map(),
    seals: [],
    openTrees: new Set(),
    files: new Map(),
    sealing: { kind: 'sealed', commit: sha('e') },
    treeFault: null,
    readBase: async () => ({ ref: 'main', sha: sha('a') }),
    readChange: async () => ({ mergeBase: sha('a'), tip: sha('a') }),
    async openTree(_repository, commit, purpose) {
      if (workspace.treeFault !== null) {
        throw workspace.treeFault;
      }
      workspace.openTrees.add(purpose);
      return {
        path: `/trees/${purpose}`,
        commit,
        close: async () => void workspace.openTrees.delete(purpose),
      };
    },
    openExcerpt: async (commit) => ({ path: '/trees/excerpt', commit, close: () => Promise.resolve() }),
    readWritten: async () => ({ kind: 'absent' }),
    async seal(_tree, seal) {
      workspace.seals.push(seal);
      if (workspace.sealing.kind === 'sealed') {
        workspace.trailers.set(workspace.sealing.commit, toTrailers(seal));
      }
      return workspace.sealing;
    },
    async push({ branch, commit, expected }) {
      const at = workspace.branches.get(branch) ?? null;
      if (at !== expected) {
        return { kind: 'moved', to: at };
      }
      workspace.branches.set(branch, commit);
      return { kind: 'pushed' };
    },
    async merge(_onto, commit, seal) {
      workspace.seals.push(seal);
      workspace.trailers.set(commit, toTrailers(seal));
      return { kind: 'merged', commit };
    },
    async commitFile(_onto, { path, text }, seal) {
      workspace.seals.push(seal);
      workspace.files.set(path, new TextEncoder().encode(text));
      workspace.trailers.set(sha('9'), toTrailers(seal));
      return sha('9');
    },
    async removeBranches({ prefix }) {
      for (const branch of [...workspace.branches.keys()].filter((name) => name.startsWith(prefix))) {
        workspace.branches.delete(branch);
      }
    },
    remoteHead: async (_repository, branch) => workspace.branches.get(branch) ?? null,
    readTrailers: async (_repository, commit) => workspace.trailers.get(commit) ?? {},
    changedFiles: async () => [],
    addedLines: async () => [],
    readFile: async (_repository, _commit, path) => workspace.files.get(path) ?? null,
    async readText(_repository, _commit, { path }) {
      const bytes = workspace.files.get(path);
      return bytes === undefined
        ? { kind: 'absent' }
        : { kind: 'read', text: new TextDecoder().decode(bytes) };
    },
    listPaths: async () => [...workspace.files.keys()],
    listFiles: async (_repository, _commit, directory) =>
      [...workspace.files.keys()]
        .filter((path) => dirname(path) === directory)
        .map((path) => basename(path))
        .toSorted(),
    findFiles: async (_repository, _commit, names) =>
      [...workspace.files.keys()].filter((path) => names.includes(basename(path))),
    readDiff: async () => 'diff --git a/src/api.ts b/src/api.ts',
  };
  return workspace;
}

/** As they stand in the message of a checkpoint. */
export function toTrailers({
  runId,
  step,
  attempt,
}: Pick<Seal, 'runId' | 'step' | 'attempt'>): Record<string, string> {
  return { 'Baton-Run': runId, 'Baton-Step': step, 'Baton-Attempt': String(attempt) };
}
