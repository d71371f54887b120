import { findFirstRed } from '../../domain/find-first-red.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Part } from '../../domain/outcome.ts';
import { partsOf } from '../../domain/parts-of.ts';
import { liveHistory } from '../../domain/progress.ts';
import type { RunningRun } from '../../domain/run.ts';
import type { Sha } from '../../domain/sha.ts';
import type { GateUse, StepWorld } from '../../domain/step-kind.ts';

interface Red {
  readonly run: RunningRun;
  readonly world: Pick<StepWorld, 'judge'>;
  /** The step that merged what is red now. */
  readonly step: string;
  readonly gates: readonly GateUse[];
}

/**
 * Which of several merges made gates fail, one finding for each gate: the commits between the merges are judged, as in a
 * bisection. None when there was only one merge, or when something has been written since.
 */
export async function blameMerge({ run, world, step, gates }: Red): Promise<Finding[]> {
  const [first, ...rest] = partsOf(run, step);
  const before = liveHistory(run).findLast((record) => record.step === step)?.head;
  if (first === undefined || before === undefined || rest.at(-1)?.commit !== run.head) {
    return [];
  }
  const findings: Finding[] = [];
  for (const gate of gates) {
    const culprit = (await isRed(world, gate, before))
      ? null
      : await findFirstRed<Part>([first, ...rest], ({ commit }) => isRed(world, gate, commit));
    findings.push({ severity: 'error', message: `${gate.name}: ${toWords(culprit)}` });
  }
  return findings;
}

function toWords(culprit: Part | null): string {
  return culprit === null
    ? 'it failed before anything was merged'
    : `it fails since ${culprit.title} was merged; before that it did not`;
}

/** What cannot be judged there has not been seen to pass. */
async function isRed(world: Red['world'], gate: GateUse, at: Sha): Promise<boolean> {
  const [judged] = await world.judge([gate], at);
  return judged?.verdict.kind === 'fail' || judged?.verdict.kind === 'broke';
}
