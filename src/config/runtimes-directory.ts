import path from 'node:path';
import { SettingsError } from './fault.ts';
import { type Environment, readValues } from './read-values.ts';

/** Where the programs of runtimes are installed, below the home unless the operator says otherwise. */
export function toRuntimesDirectory(home: string, given: string | undefined): string {
  return given ?? path.join(home, 'runtimes');
}

/** The same for those who need nothing else of the settings. Throws a `SettingsError` when it is written wrongly. */
export function readRuntimesDirectory(environment: Environment = process.env): string {
  const { values, faults } = readValues(environment);
  if (values.BATON_HOME === undefined || faults.some(({ name }) => name === 'BATON_RUNTIMES')) {
    throw new SettingsError(faults.filter(({ name }) => ['BATON_HOME', 'BATON_RUNTIMES'].includes(name)));
  }
  return toRuntimesDirectory(values.BATON_HOME, values.BATON_RUNTIMES);
}
