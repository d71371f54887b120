import { agreedCommit } from '../domain/agreed-commit.ts';
import type { CheckEgress } from '../domain/check-egress.ts';
import { criteriaOf } from '../domain/criteria-of.ts';
import type { CommandResult, Evidence } from '../domain/evidence.ts';
import type { Profile } from '../domain/profile.ts';
import type { RunningRun } from '../domain/run.ts';
import type { Sha } from '../domain/sha.ts';
import type { Repository } from '../domain/subject.ts';
import { toTicketKey } from '../domain/ticket-key.ts';
import { withoutRoot } from '../domain/without-root.ts';
import type { Provided } from '../ports/dependencies.ts';
import type { Tree, Workspace } from '../ports/workspace.ts';
import { chooseProfile } from './choose-profile.ts';
import type { DependencyRequest } from './provide-dependencies.ts';
import type { ChangeReading } from './read-change-once.ts';
import { type EgressRoom, runWithEgress } from './run-with-egress.ts';
import { toTreePath } from './tree-path.ts';

/** Longer reports are not read: parsing one must not keep the server from its other work. */
const MAX_REPORT_BYTES = 4 * 1024 * 1024;

/** What evidence is made of. */
export interface EvidenceRoom extends Omit<EgressRoom, 'signal'> {
  readonly workspace: EgressRoom['workspace'] & Pick<Workspace, 'openTree' | 'readWritten' | 'readFile'>;
  /** Shared by the gates of one attempt. */
  readonly reading: ChangeReading;
  readonly profiles: readonly Profile[];
  /** What a commit needs; null when that is nothing. Shared by the gates of one attempt. */
  provide(request: DependencyRequest): Promise<Provided | null>;
  /** Toolchains of the operator: readable in the sandbox, and where their programs are. */
  readonly tools: { readonly readOnly: readonly string[]; readonly path: readonly string[] };
}

/** The evidence for one gate on the run's head. Its tree is made when a command first needs it. */
export async function openEvidence(
  run: RunningRun,
  { gate, signal }: { gate: string; signal: AbortSignal },
  room: EvidenceRoom,
): Promise<Evidence & { close(): Promise<void> }> {
  const { workspace, reading } = room;
  const profile = await chooseProfile(room.profiles, (path) => reading.readFile('base', path));
  const place: Place = {
    repository: run.order.subject.repository,
    commits: { base: run.base.sha, head: run.head },
    purpose: `${run.order.id}-${gate}`,
    profile,
    room: { ...room, signal },
    trees: {},
    left: [],
  };
  return {
    ...reading,
    head: run.head,
    profile,
    settings: run.settings.gates,
    ticket: { key: toTicketKey(run.order), criteria: criteriaOf(run) },
    run: (command, { timeoutMs, on = 'head' }) =>
      typeof on === 'string'
        ? runInTree({ command, timeoutMs, at: on }, place)
        : runOutside({ command, timeoutMs, ...on }, place),
    async readAgreed(path) {
      const agreed = agreedCommit(run, gate);
      return agreed === null ? null : await workspace.readFile(place.repository, agreed, path);
    },
    async readReport(path) {
      const newest = place.left.at(-1);
      if (newest === undefined) {
        return { kind: 'absent' };
      }
      const written = await workspace.readWritten(newest, path, MAX_REPORT_BYTES);
      return written.kind === 'read'
        ? { ...written, text: withoutRoot(written.text, written.root) }
        : written;
    },
    async close() {
      // A tree that could not be opened was told to the gate that asked for it.
      const opened = Object.values(place.trees).map((tree) => tree.catch(() => null));
      const trees = [...place.left, ...(await Promise.all(opened))];
      // One that cannot be closed keeps none of the others open.
      const closed = await Promise.allSettled(trees.flatMap((tree) => (tree === null ? [] : [tree.close()])));
      const failed = closed.find((one) => one.status === 'rejected');
      if (failed !== undefined) {
        throw failed.reason;
      }
    },
  };
}

/** Where the commands of one gate are run, and what they have left behind. */
interface Place {
  readonly repository: Repository;
  readonly commits: Readonly<Record<'base' | 'head', Sha>>;
  readonly purpose: string;
  readonly profile: Profile | null;
  readonly room: EvidenceRoom & { readonly signal: AbortSignal };
  readonly trees: Partial<Record<'base' | 'head', Promise<Tree>>>;
  /** Where commands were run on the head, the newest last. */
  readonly left: Tree[];
}

interface Call {
  readonly command: string;
  readonly timeoutMs: number;
}

async function runInTree(
  { command, timeoutMs, at }: Call & { readonly at: 'base' | 'head' },
  { repository, commits, purpose, profile, room, trees, left }: Place,
): Promise<CommandResult> {
  const { sandbox, tools, workspace, reading, signal } = room;
  const provided = await room.provide({ commit: commits[at], profile });
  if (provided?.kind === 'failed') {
    return toUnavailable(provided);
  }
  trees[at] ??= workspace.openTree(repository, commits[at], `${purpose}${at === 'head' ? '' : '-before'}`);
  const tree = await trees[at];
  const own = await choosePrograms(profile, reading);
  const result = await sandbox.run(
    {
      argv: ['/bin/sh', '-c', command],
      tree: { path: tree.path, access: 'write' },
      mounts: provided?.mounts ?? [],
      readOnly: tools.readOnly,
      path: [...own.map((entry) => toTreePath(tree.path, entry)), ...tools.path],
      environment: { CI: 'true' },
      timeoutMs,
    },
    signal,
  );
  if (at === 'head') {
    left.push(tree);
  }
  return withInstalled(withoutPlace(result, tree), provided);
}

async function runOutside(
  { egress, ...call }: Call & { readonly egress: CheckEgress },
  { repository, commits, profile, room, left }: Place,
): Promise<CommandResult> {
  const commit = commits.head;
  const provided = egress.installed ? await room.provide({ commit, profile }) : null;
  if (provided?.kind === 'failed') {
    return toUnavailable(provided);
  }
  const { result, excerpt } = await runWithEgress(
    {
      ...call,
      egress,
      repository,
      commit,
      mounts: provided?.mounts ?? [],
      readOnly: room.tools.readOnly,
      // What was not asked for could bring a program of the same name as the one that judges.
      own: provided === null ? [] : await choosePrograms(profile, room.reading),
      path: room.tools.path,
    },
    room,
  );
  if (excerpt !== null) {
    left.push(excerpt);
  }
  return withInstalled(excerpt === null ? result : withoutPlace(result, excerpt), provided);
}

/**
 * The directories of the tree whose programs a command may use. A change that reaches into one would bring the programs
 * that judge it, so then they are not taken from there.
 */
async function choosePrograms(profile: Profile | null, reading: ChangeReading): Promise<readonly string[]> {
  const changed = (await reading.changedFiles()).flatMap(({ path, from = path }) => [path, from]);
  const tops = new Set(changed.map(toTop));
  return (profile?.path ?? []).filter((entry) => !tops.has(toTop(entry)));
}

function toTop(path: string): string {
  return path.split('/', 1)[0] ?? path;
}

function toUnavailable(failed: Extract<Provided, { kind: 'failed' }>): CommandResult {
  const { kind: _, summary: reason, retriable, ...rest } = failed;
  return { kind: 'unavailable', reason, ...rest, ...(retriable ? { retriable } : {}) };
}

function withoutPlace(result: CommandResult, { path }: Pick<Tree, 'path'>): CommandResult {
  return result.kind === 'unavailable' ? result : { ...result, output: withoutRoot(result.output, path) };
}

function withInstalled(
  result: CommandResult,
  provided: Extract<Provided, { kind: 'installed' }> | null,
): CommandResult {
  if (provided === null) {
    return result;
  }
  const { cached, durationMs, notes } = provided;
  const how = cached ? 'from the cache' : `installed in ${(durationMs / 1_000).toFixed(1)} s`;
  return result.kind === 'exited' ? { ...result, installed: [how, ...notes].join('; ') } : result;
}
