import type { Evidence } from '../domain/evidence.ts';
import type { Gate } from '../domain/gate.ts';
import type { RunningRun } from '../domain/run.ts';
import type { GateUse } from '../domain/step-kind.ts';
import { type GateVerdict, type Verdict, verdictSchema } from '../domain/verdict.ts';

/** What judging needs of the rest. */
export interface GateBench {
  readonly gate: (name: string) => Gate | undefined;
  /** The evidence for one gate: its own clean tree, closed by `close`. */
  openEvidence(
    run: RunningRun,
    gate: string,
    signal: AbortSignal,
  ): Promise<Evidence & { close(): Promise<void> }>;
  /** Milliseconds since some fixed moment; only differences mean something. */
  readonly elapsedMs: () => number;
  /** How many gates run at the same time. */
  readonly parallel: number;
}

/** Judges the run's head with all gates, side by side. The verdicts keep the order of the workflow. */
export async function judgeGates(
  run: RunningRun,
  uses: readonly GateUse[],
  { bench, signal }: { bench: GateBench; signal: AbortSignal },
): Promise<readonly GateVerdict[]> {
  const verdicts: GateVerdict[] = [];
  const waiting = uses.map((use, index) => ({ use, index }));
  async function work(): Promise<void> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      signal.throwIfAborted();
      verdicts[next.index] = await judgeOne(run, next.use, { bench, signal });
    }
  }
  await Promise.all(Array.from({ length: bench.parallel }, work));
  return verdicts;
}

async function judgeOne(
  run: RunningRun,
  use: GateUse,
  { bench, signal }: { bench: GateBench; signal: AbortSignal },
): Promise<GateVerdict> {
  const startedMs = bench.elapsedMs();
  const verdict = await toVerdict(run, use, { bench, signal });
  return { gate: use.name, verdict, durationMs: Math.max(0, bench.elapsedMs() - startedMs) };
}

async function toVerdict(
  run: RunningRun,
  use: GateUse,
  { bench, signal }: { bench: GateBench; signal: AbortSignal },
): Promise<Verdict> {
  const gate = bench.gate(use.gate);
  if (gate === undefined) {
    return broke(`there is no gate ${use.gate}`, 'Name a gate of this version of Baton in the workflow.');
  }
  try {
    const evidence = await bench.openEvidence(run, use.name, signal);
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
