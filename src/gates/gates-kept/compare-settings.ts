import { judgeSetting } from './judge-setting.ts';
import { settingLeaves } from './setting-leaves.ts';
import type { Weakening } from './text-change.ts';

/** What a setting says whose name tells nothing: nothing that matters, or something that a person should see. */
export type Otherwise = 'fine' | 'weaker';

const SHOWN = 120;

/** The settings by which the second value judges less than the first. */
export function compareSettings(
  before: unknown,
  after: unknown,
  { under = '', otherwise }: { readonly under?: string; readonly otherwise: Otherwise },
): readonly Weakening[] {
  const [old, now] = [settingLeaves(before), settingLeaves(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])];
  return names.flatMap((name) => {
    const judged = judgeSetting(name, old.get(name), now.get(name));
    const isWeaker = judged === 'weaker' || (judged === 'other' && otherwise === 'weaker');
    const path = [under, name].filter((part) => part !== '').join('.');
    return isWeaker
      ? [{ message: `\`${path}\` was ${show(old.get(name))} and is now ${show(now.get(name))}.` }]
      : [];
  });
}

function show(value: unknown): string {
  return value === undefined ? 'not set' : JSON.stringify(value).slice(0, SHOWN);
}
