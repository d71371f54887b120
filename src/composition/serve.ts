import { SettingsError } from '../config/fault.ts';
import { listSecrets } from '../config/list-secrets.ts';
import { loadEnvFile } from '../config/load-env-file.ts';
import { readSettings } from '../config/read-settings.ts';
import type { Settings } from '../config/settings.ts';
import { createLog } from '../telemetry/create-log.ts';
import { logPreflight } from './preflight/log-preflight.ts';
import { startBaton } from './start-baton.ts';

/** Exit codes of sysexits.h: the configuration is wrong; try again later; a fault of ours. */
const EXIT_CONFIGURATION = 78;
const EXIT_LEASE_LOST = 75;
const EXIT_FAULT = 70;

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

/** Runs Baton until a signal ends it: the whole of `npm start`. */
export async function serve(): Promise<void> {
  const settings = readSettingsOrExit();
  const log = createLog({ ...settings.log, secrets: listSecrets(settings) });
  const baton = await startBaton(settings, {
    log,
    onLeaseLost() {
      log.error({}, 'another replica has taken over the work of this process; exiting');
      process.exit(EXIT_LEASE_LOST);
    },
  });
  log.info({ webhookUrl: baton.webhookUrl }, 'Baton is ready');
  void logPreflight(settings, { log, sandbox: baton.parts.sandbox });
  // Through the log, which masks secrets; what Node prints by itself does not.
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.fatal(
        { error },
        'a fault that nothing caught; exiting, so that the next start goes on from what is stored',
      );
      process.exit(EXIT_FAULT);
    });
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void shutDown(signal));
  }
  async function shutDown(signal: string): Promise<void> {
    log.info({ signal }, 'shutting down');
    await baton.stop();
    log.info({}, 'bye');
    process.exit(0);
  }
}
