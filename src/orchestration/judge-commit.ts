import type { Evidence } from '../domain/evidence.ts';
import type { Gate } from '../domain/gate.ts';
import type { RunningRun } from '../domain/run.ts';
import type { GateUse } from '../domain/step-kind.ts';
import { type Verdict, verdictSchema } from '../domain/verdict.ts';

/** What judging one commit with one gate needs of the rest. */
export interface GateDesk {
  readonly gate: (name: string) => Gate | undefined;
  /** The evidence for one gate: its own clean tree, closed by `close`. */
  openEvidence(
    run: RunningRun,
    gate: string,
    signal: AbortSignal,
  ): Promise<Evidence & { close(): Promise<void> }>;
}

/** Judges the run's head against its base. A gate that throws has broken; only the signal makes this reject. */
export async function judgeCommit(
  run: RunningRun,
  use: GateUse,
  { desk, signal }: { readonly desk: GateDesk; readonly signal: AbortSignal },
): Promise<Verdict> {
  const gate = desk.gate(use.gate);
  if (gate === undefined) {
    return broke(`there is no gate ${use.gate}`, 'Name a gate of this version of Baton in the workflow.');
  }
  try {
    const evidence = await desk.openEvidence(run, use.name, signal);
    try {
      return verdictSchema.parse(await gate.judge(evidence, gate.options.parse(use.with)));
    } finally {
      await evidence.close();
    }
  } catch (error) {
    signal.throwIfAborted();
    return broke(
      error instanceof Error ? error.message : String(error),
      'Look at the log of the server, then retry.',
    );
  }
}

function broke(summary: string, remedy: string): Verdict {
  return { kind: 'broke', summary, remedy };
}
