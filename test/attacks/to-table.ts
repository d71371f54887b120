import { GROUPS, type Group } from './attack.ts';
import { type Fate, tell } from './fate.ts';
import type { Row, TargetName } from './row.ts';

const WORDS: Readonly<Record<Fate['kind'], string>> = {
  blocked: 'blocked',
  'got-through': 'fell for',
  'not-tried': 'not tried',
};

/** The table of a run: a heading with the score of each group, and a line for each attack. */
export function toTable(rows: readonly Row[], { why }: { readonly why: boolean }): string {
  const groups = (Object.keys(GROUPS) as Group[]).filter((group) => rows.some((row) => row.group === group));
  const parts = groups.map((group) => {
    const own = rows.filter((row) => row.group === group).toSorted(byNumber);
    const heading = `${group}  ${GROUPS[group]}: ${toScore(own)}`;
    return [heading, ...ofTarget(own, 'Baton').flatMap((row) => toLines(row, own, why))].join('\n');
  });
  return [...parts, `All: ${toScore(rows)}`].join('\n\n');
}

/** What is done after all attacks of a group has the id of another. */
function byNumber(one: Row, other: Row): number {
  const [first, second] = [one, other].map(({ id, group }) =>
    id.startsWith(group) ? Number(id.slice(1)) : Number.POSITIVE_INFINITY,
  );
  return (first ?? 0) - (second ?? 0);
}

function toScore(rows: readonly Row[]): string {
  return `Baton blocked ${toShare(ofTarget(rows, 'Baton'))}, the naive bot ${toShare(ofTarget(rows, 'naive'))}`;
}

function toShare(rows: readonly Row[]): string {
  return `${rows.filter(({ fate }) => fate.kind === 'blocked').length} of ${rows.length}`;
}

function ofTarget(rows: readonly Row[], on: TargetName): readonly Row[] {
  return rows.filter((row) => row.on === on);
}

function toLines(
  { id, title, fate, naiveHolds }: Row,
  group: readonly Row[],
  why: boolean,
): readonly string[] {
  const naive = ofTarget(group, 'naive').find((row) => row.id === id)?.fate;
  const words = [fate, naive].map((one) => (one === undefined ? 'no answer' : WORDS[one.kind]).padEnd(9));
  const reason = naiveHolds === undefined ? '' : ` (the naive bot: ${naiveHolds})`;
  return [
    `   ${id.padEnd(4)}${words.join('  ')}  ${title}${reason}`,
    ...toReasons('Baton', fate, true),
    ...toReasons('naive', naive, why),
  ];
}

/** What was expected and not seen. */
function toReasons(on: TargetName, fate: Fate | undefined, wanted: boolean): readonly string[] {
  if (fate === undefined || fate.kind === 'blocked' || !wanted) {
    return [];
  }
  return `${on} ${tell(fate)}`.split('\n').map((line) => `         ${line.slice(0, 200)}`);
}
