import type { CheckEgress } from '../domain/check-egress.ts';
import { toInVain } from '../domain/egress-report.ts';
import type { CommandResult } from '../domain/evidence.ts';
import type { Sha } from '../domain/sha.ts';
import type { Repository } from '../domain/subject.ts';
import type { EgressPlan, EgressProxy } from '../ports/egress.ts';
import type { Mount, Sandbox } from '../ports/sandbox.ts';
import type { Tree, Workspace } from '../ports/workspace.ts';
import { readNamedFiles } from './read-named-files.ts';
import { toTreePath } from './tree-path.ts';

/** What letting a command out needs of the rest. */
export interface EgressRoom {
  readonly workspace: Pick<Workspace, 'openExcerpt' | 'findFiles' | 'readFile'>;
  readonly egress: EgressProxy;
  readonly sandbox: Sandbox;
  readonly signal: AbortSignal;
}

/** A command that is let out, and the commit that it is asked about. */
export interface Outing {
  readonly command: string;
  readonly timeoutMs: number;
  readonly egress: CheckEgress;
  readonly repository: Repository;
  readonly commit: Sha;
  /** What was installed, if it may see that. */
  readonly mounts: readonly Mount[];
  readonly readOnly: readonly string[];
  /** Directories of programs: of what was installed, as the profile names them, and of the operator. */
  readonly own: readonly string[];
  readonly path: readonly string[];
}

/** What it did, and where it has left files; null when it was not run. */
export interface Returned {
  readonly result: CommandResult;
  readonly excerpt: Tree | null;
}

/**
 * Runs a command that reaches a registry, and nothing else. In place of the tree it sees the files that the profile
 * names, so that nothing of the change is run where there is a network, and nothing else of it could be told.
 */
export async function runWithEgress(outing: Outing, room: EgressRoom): Promise<Returned> {
  const { egress, repository, commit } = outing;
  const plan = room.egress.plan({ registry: egress.registry, hosts: [], sends: true });
  if (plan.kind !== 'allowed') {
    return { result: toUnavailable(plan), excerpt: null };
  }
  const named = await readNamedFiles(egress.files, { workspace: room.workspace, repository, commit });
  if (named.kind === 'too-many') {
    const reason = `The repository has ${named.count} files of these names, which is more than are read.`;
    const remedy = 'Judge it by a workflow without this gate.';
    return { result: { kind: 'unavailable', reason, remedy }, excerpt: null };
  }
  const excerpt = await room.workspace.openExcerpt(commit, named.files);
  return { result: await runIn(excerpt, { outing, plan }, room), excerpt };
}

type Allowed = Extract<EgressPlan, { kind: 'allowed' }>;

async function runIn(
  excerpt: Tree,
  { outing, plan }: { readonly outing: Outing; readonly plan: Allowed },
  { egress: proxy, sandbox, signal }: EgressRoom,
): Promise<CommandResult> {
  const { command, timeoutMs, egress, mounts, readOnly, own, path } = outing;
  const opened = await proxy.open(plan.rules);
  try {
    const result = await sandbox.run(
      {
        argv: ['/bin/sh', '-c', command],
        tree: { path: excerpt.path, access: 'write' },
        mounts,
        readOnly,
        path: [...own.map((entry) => toTreePath(excerpt.path, entry)), ...path],
        environment: { CI: 'true', ...egress.environment, ...plan.environment },
        proxy: opened.socketPath,
        timeoutMs,
      },
      signal,
    );
    const inVain = toInVain(opened.report());
    return result.kind === 'exited' && inVain.length > 0 ? { ...result, inVain } : result;
  } finally {
    await opened.close();
  }
}

function toUnavailable(plan: Exclude<EgressPlan, Allowed>): CommandResult {
  return plan.kind === 'forbidden'
    ? {
        kind: 'unavailable',
        reason: `The operator does not allow ${plan.hosts.join(', ')}.`,
        remedy: 'Ask the operator to add them to BATON_INSTALL_HOSTS.',
      }
    : {
        kind: 'unavailable',
        reason: `The operator has switched off the registry ${plan.name}.`,
        remedy: `Take \`${plan.name}=off\` out of BATON_REGISTRIES.`,
        switchedOff: true,
      };
}
