import { liveHistory } from '../domain/progress.ts';
import type { BegunRun, StepRecord } from '../domain/run.ts';
import { type GateVerdict, isHeeded, type Verdict } from '../domain/verdict.ts';
import { code } from './fence.ts';
import { inline } from './inline.ts';
import { person } from './person.ts';

const WORDS: Readonly<Record<Verdict['kind'], string>> = {
  pass: '✅ passed',
  fail: '❌ failed',
  hold: '✋ held',
  broke: '⚠️ could not run',
  skip: '➖ skipped',
};

/**
 * The newest verdict of each gate, in the order in which they were given; empty when no gate has judged. What was judged
 * on an earlier commit, such as the plan, is there with that commit.
 */
export function gatesTable(run: BegunRun): string {
  const rows = new Map<string, string>();
  for (const record of liveHistory(run)) {
    // What stands at the base is not this run's work.
    for (const judged of record.head === run.base.sha ? [] : record.outcome.verdicts) {
      rows.delete(judged.gate);
      rows.set(judged.gate, toRow(judged, record, run));
    }
  }
  return rows.size === 0 ? '' : ['| Gate | Verdict | |', '|---|---|---|', ...rows.values()].join('\n');
}

function toRow(judged: GateVerdict, { decided, head }: StepRecord, run: BegunRun): string {
  const { gate, verdict, mode } = judged;
  const released = verdict.kind === 'hold' && decided?.kind === 'approved' && isHeeded(judged);
  const word = released ? `✅ released by ${person(decided.by)}` : WORDS[verdict.kind];
  const at = head === run.head ? '' : `, at ${code(head.slice(0, 7))}`;
  const name = mode === undefined ? inline(gate, 80) : `${inline(gate, 80)} (${mode})`;
  return `| ${name} | ${word}${at} | ${inline(verdict.summary, 200)} |`;
}
