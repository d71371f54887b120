import type { Setting } from './setting-leaves.ts';

/** What a changed setting means; `other` when its name does not tell. */
export type SettingChange = 'weaker' | 'fine' | 'other';

type Side = Setting | undefined;

const SEVERITIES = new Map<unknown, number>([
  ['off', 0],
  ['allow', 0],
  ['ignore', 0],
  [0, 0],
  ['info', 1],
  ['on', 2],
  ['warn', 2],
  ['warning', 2],
  [1, 2],
  ['error', 3],
  ['deny', 3],
  [2, 3],
]);

/** Numbers that must not sink. */
const FLOOR = /(?:^|\.)(?:branches|functions|lines|statements|fail_under|threshold|thresholds)$/i;
/** Switches that must stay on. */
const SWITCH =
  /(?:^|\.)(?:enabled|recommended|all|strict|check-?coverage|failOnWarnings?|bail|denyWarnings)$/i;
/** Lists by which less is judged, the longer they are. */
const LEAVES_OUT = /(?:ignore|exclude|skip|suppress|exempt)[a-z]*$/i;
/** Lists by which less is judged, the shorter they are. */
const TAKES_IN =
  /(?:^|\.)(?:includes?|files|select|extends|plugins|jsPlugins|testMatch|testRegex|roots|projects|spec|require|reporters)$/i;

/** A kind of setting, told by its name and what it is set to, and when it got weaker. The first that fits decides. */
interface Kind {
  readonly name: RegExp;
  readonly fits: (before: Side, after: Side) => boolean;
  readonly isWeaker: (before: Side, after: Side) => boolean;
}

const KINDS: readonly Kind[] = [
  {
    name: /(?:^|\.)(?:rules|categories)\./,
    fits: (before, after) => isSeverityOrNone(before) && isSeverityOrNone(after),
    // A rule that nobody had named may be on by default, so naming it with less than an error can lower it.
    isWeaker: (before, after) => (SEVERITIES.get(after) ?? 0) < (SEVERITIES.get(before) ?? 3),
  },
  {
    name: SWITCH,
    fits: (before, after) => typeof (before ?? after) === 'boolean',
    isWeaker: (before, after) => after !== true && !(after === undefined && before === false),
  },
  { name: FLOOR, fits: () => true, isWeaker: isLowered },
  {
    name: LEAVES_OUT,
    fits: () => true,
    isWeaker: (before, after) => toList(after).some((entry) => !toList(before).includes(entry)),
  },
  {
    name: TAKES_IN,
    fits: () => true,
    isWeaker: (before, after) => isNarrower(toList(before), toList(after)),
  },
];

/** Compares one setting by what its name and values say. Absent is what the tool does by itself. */
export function judgeSetting(name: string, before: Side, after: Side): SettingChange {
  if (JSON.stringify(before) === JSON.stringify(after)) {
    return 'fine';
  }
  const kind = KINDS.find((one) => one.name.test(name) && one.fits(before, after));
  if (kind === undefined) {
    return 'other';
  }
  return kind.isWeaker(before, after) ? 'weaker' : 'fine';
}

function isSeverityOrNone(side: Side): boolean {
  return side === undefined || SEVERITIES.has(side);
}

function isLowered(before: Side, after: Side): boolean {
  return (
    before !== undefined && !(typeof before === 'number' && typeof after === 'number' && after >= before)
  );
}

function isNarrower(before: readonly string[], after: readonly string[]): boolean {
  return (
    (before.length === 0 && after.length > 0) ||
    before.some((entry) => !entry.startsWith('!') && !after.includes(entry)) ||
    after.some((entry) => entry.startsWith('!') && !before.includes(entry))
  );
}

function toList(side: Side): readonly string[] {
  if (side === undefined) {
    return [];
  }
  return Array.isArray(side) ? side : [String(side)];
}
