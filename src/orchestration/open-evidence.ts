import type { Evidence } from '../domain/evidence.ts';
import type { Profile } from '../domain/profile.ts';
import type { RunningRun } from '../domain/run.ts';
import type { Sandbox } from '../ports/sandbox.ts';
import type { Tree, Workspace } from '../ports/workspace.ts';

/** What evidence is made of. */
export interface EvidenceRoom {
  readonly workspace: Workspace;
  readonly sandbox: Sandbox;
  readonly profiles: readonly Profile[];
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
  const { workspace } = room;
  const base = run.base.sha;
  const { head } = run;
  const profile = await chooseProfile(room, (path) => workspace.readFile(repository, base, path));
  let tree: Promise<Tree> | undefined;
  return {
    base,
    head,
    profile,
    changedFiles: () => workspace.changedFiles(repository, base, head),
    addedLines: () => workspace.addedLines(repository, base, head),
    readFile: (at, path) => workspace.readFile(repository, at === 'base' ? base : head, path),
    async run(command, timeoutMs) {
      tree ??= workspace.openTree(repository, head, `${run.order.id}-${gate}`);
      const { path } = await tree;
      return await room.sandbox.run(
        {
          argv: ['/bin/sh', '-c', command],
          tree: { path, access: 'write' },
          readOnly: room.tools.readOnly,
          path: [...(profile?.path ?? []).map((entry) => `${path}/${entry}`), ...room.tools.path],
          environment: { CI: 'true' },
          timeoutMs,
        },
        signal,
      );
    },
    async close() {
      await (await tree)?.close();
    },
  };
}

async function chooseProfile(
  { profiles }: EvidenceRoom,
  readBase: (path: string) => Promise<Uint8Array | null>,
): Promise<Profile | null> {
  for (const profile of profiles) {
    const found = await Promise.all(profile.when.map(readBase));
    if (found.some((file) => file !== null)) {
      return profile;
    }
  }
  return null;
}
