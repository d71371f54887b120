import { SettingsError } from '../config/fault.ts';
import { listSecrets } from '../config/list-secrets.ts';
import { loadEnvFile } from '../config/load-env-file.ts';
import { readSettings } from '../config/read-settings.ts';
import type { Settings } from '../config/settings.ts';
import { createLog } from '../telemetry/create-log.ts';
import type { Baton } from './baton.ts';
import { exitLeaseLost, exitOnFaults, exitOnSignals } from './exits.ts';
import { startBaton } from './start-baton.ts';

/** Exit code of sysexits.h: the configuration is wrong. */
const EXIT_CONFIGURATION = 78;

function readSettingsOrExit(): Settings {
  try {
    loadEnvFile();
    return readSettings();
  } catch (error) {
    if (!(error instanceof SettingsError)) {
      throw error;
    }
    process.stderr.write(`${error.message}\n`);
    process.exit(EXIT_CONFIGURATION);
  }
}

/**
 * Runs Baton until a signal ends it: the whole of `npm start`. Whatever this file imports is loaded before the database is
 * started, so most is imported later.
 */
export async function serve(): Promise<void> {
  const settings = readSettingsOrExit();
  const log = createLog({ ...settings.log, secrets: listSecrets(settings) });
  let started: Baton | null = null;
  // From the beginning, because a start waits for a GitHub that is away; nothing is under way then that must be ended.
  const stopping = new AbortController();
  exitOnSignals(log, async () => {
    stopping.abort();
    return (await started?.stop()) ?? null;
  });
  const baton = await startBaton(settings, {
    log,
    onLeaseLost: () => exitLeaseLost(log),
  });
  started = baton;
  log.info({ webhookUrl: baton.webhookUrl }, 'Baton is ready');
  exitOnFaults(log);
  const { logPreflight } = await import('./preflight/log-preflight.ts');
  const { parts, databaseUrl } = baton;
  const running = { sandbox: parts.sandbox, databaseUrl };
  await logPreflight(settings, { log, running, stopping: stopping.signal });
}
