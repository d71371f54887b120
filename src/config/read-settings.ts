import { SettingsError } from './fault.ts';
import { findConflicts } from './find-conflicts.ts';
import { findUnknown } from './find-unknown.ts';
import type { Environment } from './read-values.ts';
import { isComplete, readValues } from './read-values.ts';
import type { Settings } from './settings.ts';
import { toSettings } from './to-settings.ts';

/** Reads the environment. Throws a `SettingsError` with every fault in it. */
export function readSettings(environment: Environment = process.env): Settings {
  const { values, faults } = readValues(environment);
  const all = [...faults, ...findConflicts(environment), ...findUnknown(Object.keys(environment))];
  if (all.length > 0 || !isComplete(values)) {
    throw new SettingsError(all);
  }
  return toSettings(values);
}
