import type { Mount, Sandbox, SandboxedCommand } from '../ports/sandbox.ts';

/** What lies over a tree, and where its programs are. */
export interface Overlay {
  readonly mounts: readonly Mount[];
  readonly path: readonly string[];
}

/**
 * The same sandbox; commands in this tree see what was installed. It is asked for when the first of them starts: not every
 * agent runs one.
 */
export function withDependencies(sandbox: Sandbox, tree: string, read: () => Promise<Overlay>): Sandbox {
  let overlay: Promise<Overlay> | undefined;
  async function toCommand<Command extends Omit<SandboxedCommand, 'stdin'>>(
    command: Command,
  ): Promise<Command> {
    if (command.tree.path !== tree) {
      return command;
    }
    overlay ??= read();
    const { mounts, path } = await overlay;
    return {
      ...command,
      mounts: [...mounts, ...(command.mounts ?? [])],
      path: [...path, ...(command.path ?? [])],
    };
  }
  return {
    kind: sandbox.kind,
    run: async (command, signal) => sandbox.run(await toCommand(command), signal),
    start: async (command, signal) => sandbox.start(await toCommand(command), signal),
  };
}
