import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ModelLine } from '../../ports/model-gateway.ts';
import type { Sandbox, SandboxedCommand, SandboxedProcess } from '../../ports/sandbox.ts';

/** Its directory is all of ours that the sandbox shows. */
const RELAY = join(import.meta.dirname, '../line-relay');

/**
 * Stands for the line's base URL in the arguments and the environment of an agent's program, without a version. What
 * the program is really given is known only inside: a port of the sandbox's own loopback.
 */
export const LINE_ADDRESS = 'http://model.line';

/** An agent that is a program of its own, and all that it may see. */
export interface AgentProgram {
  readonly argv: readonly [string, ...string[]];
  readonly environment: Readonly<Record<string, string>>;
  /** The program's own files. */
  readonly readOnly: readonly string[];
  /** What of a tree it would read as its own settings. */
  readonly hidden?: readonly string[];
}

export interface AgentQuarters {
  readonly sandbox: Sandbox;
  /** Null for a role without files: its agent works in an empty directory. */
  readonly tree: SandboxedCommand['tree'] | null;
  readonly line: Pick<ModelLine, 'socketPath'>;
  /** Toolchains for the agent's commands. */
  readonly tools: { readonly readOnly: readonly string[]; readonly path: readonly string[] };
  readonly timeoutMs: number;
}

/** An agent's program that was started. */
export interface StartedAgent extends SandboxedProcess {
  /** Where it works, as it sees it. */
  readonly directory: string;
}

/**
 * Starts an agent's program in the sandbox, with the line as its only way out. It is talked to over its standard
 * streams; the relay before it adds nothing to them. Whoever starts it ends it. Rejects with an AbortError when the
 * signal has fired before; one that cannot be started has ended as `unavailable`.
 */
export async function startAgent(
  program: AgentProgram,
  quarters: AgentQuarters,
  signal: AbortSignal,
): Promise<StartedAgent> {
  const { sandbox, tree, line, tools, timeoutMs } = quarters;
  const room = tree === null ? await openEmptyRoom() : { tree, close: () => Promise.resolve() };
  const command: SandboxedCommand = {
    argv: [process.execPath, join(RELAY, 'main.ts'), line.socketPath, LINE_ADDRESS, ...program.argv],
    tree: room.tree,
    readOnly: [RELAY, line.socketPath, ...program.readOnly, ...tools.readOnly],
    hidden: program.hidden ?? [],
    path: tools.path,
    environment: program.environment,
    timeoutMs,
  };
  try {
    const started = await sandbox.start(command, signal);
    const ended = untilTidy(started.ended, room.close);
    return {
      ...started,
      ended,
      end: async () => void (await Promise.all([started.end(), ended])),
      directory: room.tree.path,
    };
  } catch (error) {
    await room.close();
    throw error;
  }
}

async function untilTidy(ended: SandboxedProcess['ended'], tidy: () => Promise<void>) {
  const result = await ended;
  await tidy();
  return result;
}

async function openEmptyRoom(): Promise<{ tree: SandboxedCommand['tree']; close: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), `baton-no-files-${process.pid}-`));
  return { tree: { path, access: 'read' }, close: () => rm(path, { recursive: true, force: true }) };
}
