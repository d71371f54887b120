import type { ChecklistItem } from './review-checklist.ts';
import type { GateVerdict } from './verdict.ts';

/** How the answers are written: in which map each group stands. */
const FORM =
  '"checklist":{"answers":{"<id>":{"answer":"yes","evidence":["src/a.ts:12"],"note":"optional"}},"triggers":{"<id>":{"present":false,"evidence":[]}}}';

const GROUPS = [
  ['must', 'In `answers`: must be `yes` or `not-applicable`. A `no` rejects the change.'],
  ['should', 'In `answers`: a `no` is a warning and rejects nothing.'],
  ['trigger', 'In `triggers`: one that is `present` rejects the change, whatever else you say.'],
] as const;

/** Tells a reviewer what to answer and what counts as evidence on this commit; empty when nothing is asked. */
export function toChecklistForm(items: readonly ChecklistItem[], gates: readonly GateVerdict[]): string[] {
  if (items.length === 0) {
    return [];
  }
  return [
    `The report has \`${FORM}\`, with an entry for every id below; with one missing it does not count.`,
    ...GROUPS.flatMap(([group, meaning]) =>
      toGroup(
        items.filter((item) => item.group === group),
        meaning,
      ),
    ),
    [
      '`answer` is `yes`, `no` or `not-applicable`. `yes` and `not-applicable` need `evidence`: where it can be seen.',
      'Evidence is `path:line` or `path:line-line` of a file as it is now, or `gate:<name>` of a gate that passed on this commit.',
      'The server looks every reference up; an answer with one that is not there does not count.',
      'Say in `note` why, when it is `no`, `not-applicable` or present.',
    ].join(' '),
    toGates(gates),
  ];
}

function toGroup(items: readonly ChecklistItem[], meaning: string): string[] {
  const lines = items.map(({ id, question }) => `- \`${id}\`: ${question}`);
  return lines.length === 0 ? [] : [[meaning, ...lines].join('\n')];
}

function toGates(gates: readonly GateVerdict[]): string {
  const lines = gates.map(({ gate, verdict }) => `- \`gate:${gate}\`: ${verdict.kind}`);
  return lines.length === 0
    ? 'No gate has judged this commit, so none can be named.'
    : ['Gates that judged this commit; only one with `pass` is evidence:', ...lines].join('\n');
}
