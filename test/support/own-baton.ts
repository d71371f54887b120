import { join } from 'node:path';
import type { Baton } from '../../src/composition/baton.ts';
import { startBaton } from '../../src/composition/start-baton.ts';
import { listSecrets } from '../../src/config/list-secrets.ts';
import { readSettings } from '../../src/config/read-settings.ts';
import { createLog } from '../../src/telemetry/create-log.ts';
import type { createMovableClock } from './movable-clock.ts';
import type { Stage } from './stage.ts';

/** Starts a Baton in this process, so that its clock can be set. One at a time: the engine keeps its state in globals. */
export async function startOwnBaton(
  stage: Stage,
  clock: ReturnType<typeof createMovableClock>,
  environment: Readonly<Record<string, string>> = {},
): Promise<Baton> {
  const settings = readSettings({
    ...stage.environment,
    BATON_HOME: join(stage.directory, 'own-home'),
    LOG_FORMAT: 'json',
    LOG_LEVEL: 'debug',
    ...environment,
  });
  const log = createLog({
    ...settings.log,
    secrets: listSecrets(settings),
    write: (text) => stage.hear(JSON.parse(text)),
  });
  const baton = await startBaton(settings, {
    log,
    clock,
    onLeaseLost: () => log.error({}, 'the lease is lost'),
  });
  stage.simulator.setWebhookUrl(baton.webhookUrl);
  return baton;
}
