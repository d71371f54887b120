import { chooseMode, type GateMode } from '../domain/gate-mode.ts';
import type { RunningRun } from '../domain/run.ts';
import { spareOld } from '../domain/spare-old.ts';
import type { GateUse } from '../domain/step-kind.ts';
import type { GateVerdict, Verdict } from '../domain/verdict.ts';
import type { Baselines } from './baselines.ts';
import { type GateDesk, judgeCommit } from './judge-commit.ts';

/** What judging needs of the rest. */
export interface GateBench extends GateDesk {
  /** Milliseconds since some fixed moment; only differences mean something. */
  readonly elapsedMs: () => number;
  /** How many gates run at the same time. */
  readonly parallel: number;
  readonly baselines: Baselines;
}

/** Findings of one verdict that are kept and sent back. */
const SHOWN_FINDINGS = 50;

interface Means {
  readonly bench: GateBench;
  readonly signal: AbortSignal;
}

/**
 * Judges the run's head with all gates, side by side, and then with those that want to be alone. The verdicts keep the order of the workflow.
 */
export async function judgeGates(
  run: RunningRun,
  uses: readonly GateUse[],
  means: Means,
): Promise<readonly GateVerdict[]> {
  const verdicts: GateVerdict[] = [];
  const all = uses.map((use, index) => ({ use, index }));
  const alone = all.filter(({ use }) => means.bench.gate(use.gate)?.alone === true);
  const together = all.filter((one) => !alone.includes(one));
  async function judgeAll(waiting: typeof all): Promise<void> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      means.signal.throwIfAborted();
      verdicts[next.index] = await judgeOne(run, next.use, means);
    }
  }
  await Promise.all(Array.from({ length: means.bench.parallel }, () => judgeAll(together)));
  await judgeAll(alone);
  return verdicts;
}

async function judgeOne(run: RunningRun, use: GateUse, means: Means): Promise<GateVerdict> {
  const { elapsedMs } = means.bench;
  const startedMs = elapsedMs();
  const mode = toMode(run, use, means.bench);
  const judged = await judgeInMode(run, { use, mode }, means);
  return {
    gate: use.name,
    ...judged,
    verdict: withShown(judged.verdict),
    durationMs: Math.max(0, elapsedMs() - startedMs),
    ...(mode === 'strict' ? {} : { mode }),
  };
}

/** The first findings: more of them are compared than anybody reads. */
function withShown(verdict: Verdict): Verdict {
  return 'findings' in verdict
    ? { ...verdict, findings: verdict.findings.slice(0, SHOWN_FINDINGS) }
    : verdict;
}

/** A repository says how strict it wants a gate, within what the workflow allows and the gate itself can bear. */
function toMode(run: RunningRun, use: GateUse, bench: GateBench): GateMode {
  const { modes } = run.settings.gates;
  const asked = Object.hasOwn(modes, use.name) ? modes[use.name] : undefined;
  return bench.gate(use.gate)?.alwaysStrict === true ? 'strict' : chooseMode(use, asked);
}

async function judgeInMode(
  run: RunningRun,
  { use, mode }: { readonly use: GateUse; readonly mode: GateMode },
  { bench, signal }: Means,
): Promise<Pick<GateVerdict, 'verdict' | 'compared'>> {
  const verdict = await judgeCommit(run, use, { desk: bench, signal });
  if (mode !== 'regression-only' || verdict.kind !== 'fail') {
    return { verdict };
  }
  const before = await bench.baselines.read(run, use, () =>
    judgeCommit(toBase(run), { ...use, name: `${use.name}-base` }, { desk: bench, signal }),
  );
  return spareOld(verdict, before);
}

/** The run as if it had changed nothing yet. */
function toBase(run: RunningRun): RunningRun {
  return { ...run, head: run.base.sha, legs: [] };
}
