import type { Workflow } from '../../domain/workflow.ts';
import { findTrouble } from './find-trouble.ts';
import { printMove, printPlace, toPath } from './print-outline.ts';
import type { Situation, Walk } from './walk.ts';

/** What is wrong with where a workflow leads, in words that are not overlooked; nothing when all is well. */
export function complain(walked: Walk, workflow: Workflow): readonly string[] {
  if (!walked.isWhole) {
    return [
      '',
      `STOPPED after ${walked.situations.length} situations: what lies beyond them was not looked at.`,
    ];
  }
  const { unreached, stuck } = findTrouble(walked, workflow);
  return [
    ...unreached.flatMap((id) => ['', `NEVER REACHED: no run comes to the step ${id}.`]),
    ...complainOfStuck(stuck),
  ];
}

function complainOfStuck(stuck: readonly Situation[]): readonly string[] {
  const [first] = stuck;
  if (first === undefined) {
    return [];
  }
  const path = toPath(first).map((move) => `  ${printMove(move)}`);
  const place = `${printPlace(first.place)}, ${path.length === 0 ? 'where a run begins.' : 'after'}`;
  return [
    '',
    `STUCK: from ${stuck.length} situations no course leads to success. The first is ${place}`,
    ...path,
  ];
}
