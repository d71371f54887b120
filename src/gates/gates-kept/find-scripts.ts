import type { Profile } from '../../domain/profile.ts';
import { chooseScript } from '../parts/choose-script.ts';
import type { Scripts } from '../parts/read-manifest.ts';
import { findThresholds, withoutThresholds } from './find-thresholds.ts';
import { reachScripts } from './reach-scripts.ts';
import type { Weakening } from './text-change.ts';

/** The commands that a profile's checks come to, by the name of the check. */
export function chooseCommands(profile: Profile, scripts: Scripts): ReadonlyMap<string, string> {
  const chosen = Object.entries(profile.checks).flatMap(([check, source]) => {
    const command = 'command' in source ? source.command : chooseScript(scripts, source.scripts);
    return command === null ? [] : [[check, command] as const];
  });
  return new Map(chosen);
}

/** Scripts that gates run, or that those call, and that say something else after the change. */
export function findScripts(profile: Profile, before: Scripts, after: Scripts): readonly Weakening[] {
  const [old, now] = [chooseCommands(profile, before), chooseCommands(profile, after)];
  const reached = reachScripts([...old.values()], before);
  return [
    ...[...old].flatMap(([check, command]) => compare(`The check \`${check}\``, command, now.get(check))),
    ...[...reached].flatMap((name) =>
      compare(`The script \`${name}\`, which a check calls,`, before.get(name) ?? '', after.get(name)),
    ),
  ];
}

function compare(what: string, before: string, after: string | undefined): readonly Weakening[] {
  if (after === undefined) {
    return [{ message: `${what} ran \`${before}\` and is gone.` }];
  }
  if (before === after) {
    return [];
  }
  const lowered = findThresholds({ path: '', before, after });
  const isSame = withoutThresholds('', before) === withoutThresholds('', after);
  return isSame || lowered.length > 0
    ? lowered.map(({ message }) => ({ message: `${what} is laxer. ${message}` }))
    : [{ message: `${what} ran \`${before}\` and now runs \`${after}\`.` }];
}
