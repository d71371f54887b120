import { criteriaOf } from '../domain/criteria-of.ts';
import type { CommandResult, Evidence } from '../domain/evidence.ts';
import type { Profile } from '../domain/profile.ts';
import type { RunningRun } from '../domain/run.ts';
import { toTicketKey } from '../domain/ticket-key.ts';
import type { Provided } from '../ports/dependencies.ts';
import type { Sandbox } from '../ports/sandbox.ts';
import type { Tree, Workspace } from '../ports/workspace.ts';
import { chooseProfile } from './choose-profile.ts';
import type { DependencyRequest } from './provide-dependencies.ts';
import type { ChangeReading } from './read-change-once.ts';
import { toTreePath } from './tree-path.ts';

/** Longer reports are not read: parsing one must not keep the server from its other work. */
const MAX_REPORT_BYTES = 4 * 1024 * 1024;

/** What evidence is made of. */
export interface EvidenceRoom {
  readonly workspace: Pick<Workspace, 'openTree' | 'readWritten'>;
  /** Shared by the gates of one attempt. */
  readonly reading: ChangeReading;
  readonly sandbox: Sandbox;
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
  const { repository } = run.order.subject;
  const { workspace, reading } = room;
  const { head } = run;
  const profile = await chooseProfile(room.profiles, (path) => reading.readFile('base', path));
  const commits = { base: run.base.sha, head };
  const trees: Partial<Record<keyof typeof commits, Promise<Tree>>> = {};
  return {
    ...reading,
    head,
    profile,
    settings: run.settings.gates,
    ticket: { key: toTicketKey(run.order), criteria: criteriaOf(run) },
    async run(command, timeoutMs, at = 'head') {
      const provided = await room.provide({ commit: commits[at], profile });
      if (provided?.kind === 'failed') {
        return toUnavailable(provided);
      }
      trees[at] ??= workspace.openTree(
        repository,
        commits[at],
        `${run.order.id}-${gate}${at === 'head' ? '' : '-before'}`,
      );
      const { path } = await trees[at];
      const own = await choosePrograms(profile, reading);
      const result = await room.sandbox.run(
        {
          argv: ['/bin/sh', '-c', command],
          tree: { path, access: 'write' },
          mounts: provided?.mounts ?? [],
          readOnly: room.tools.readOnly,
          path: [...own.map((entry) => toTreePath(path, entry)), ...room.tools.path],
          environment: { CI: 'true' },
          timeoutMs,
        },
        signal,
      );
      return provided === null ? result : withInstalled(result, provided);
    },
    async readReport(path) {
      const left = await trees.head;
      return left === undefined
        ? { kind: 'absent' }
        : await workspace.readWritten(left, path, MAX_REPORT_BYTES);
    },
    async close() {
      for (const tree of Object.values(trees)) {
        // A tree that could not be opened was told to the gate that asked for it.
        const opened = await tree.catch(() => null);
        await opened?.close();
      }
    },
  };
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

function withInstalled(
  result: CommandResult,
  provided: Extract<Provided, { kind: 'installed' }>,
): CommandResult {
  const { cached, durationMs, notes } = provided;
  const how = cached ? 'from the cache' : `installed in ${(durationMs / 1_000).toFixed(1)} s`;
  return result.kind === 'exited' ? { ...result, installed: [how, ...notes].join('; ') } : result;
}
