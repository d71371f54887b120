import { SettingsError } from './fault.ts';
import { findUnknown } from './find-unknown.ts';
import { type Environment, readValues } from './read-values.ts';
import type { Settings } from './settings.ts';
import { toDatabase } from './to-settings.ts';

/** What commands need that work with the database and with no GitHub App. */
export type LocalSettings = Pick<Settings, 'home' | 'database' | 'log' | 'mcp'>;

const NAMES = ['BATON_HOME', 'DATABASE_URL', 'LOG_LEVEL', 'LOG_FORMAT', 'BATON_MCP_ROOTS'];

/** The settings of the database, the log and the state machine for interactive agents. Throws a `SettingsError` with every fault. */
export function readLocalSettings(environment: Environment = process.env): LocalSettings {
  const { values, faults } = readValues(environment);
  const own = faults.filter(({ name }) => NAMES.includes(name));
  const unknown = findUnknown(Object.keys(environment));
  const { BATON_HOME: home, LOG_LEVEL: level, LOG_FORMAT: format } = values;
  if (own.length + unknown.length > 0 || home === undefined || level === undefined || format === undefined) {
    throw new SettingsError([...own, ...unknown]);
  }
  return {
    home,
    database: toDatabase({ BATON_HOME: home, DATABASE_URL: values.DATABASE_URL }),
    log: { level, format },
    mcp: { roots: values.BATON_MCP_ROOTS ?? [], listen: null },
  };
}
