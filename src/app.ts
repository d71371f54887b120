import { exitLeaseLost, exitOnFaults, exitOnSignals } from './composition/exits.ts';
import { startBaton } from './composition/start-baton.ts';
import { listSecrets } from './config/list-secrets.ts';
import { readSettings } from './config/read-settings.ts';
import { bindInbox } from './github/bind-inbox.ts';
import { webhooks } from './github/webhooks/registry.gen.ts';
import { createLog } from './telemetry/create-log.ts';

/**
 * Baton as a Probot application function, for `probot run ./src/app.ts` and `probot receive`. Probot's server takes
 * the webhooks then; Baton's own, which `npm start` uses, is only reachable from this machine.
 */
async function application(probot: Parameters<typeof bindInbox>[0]): Promise<void> {
  const settings = readSettings();
  const local = { ...settings, listen: { ...settings.listen, host: '127.0.0.1', port: 0 } };
  const log = createLog({ ...settings.log, secrets: listSecrets(settings) });
  const baton = await startBaton(local, {
    log,
    onLeaseLost: () => exitLeaseLost(log),
  });
  exitOnFaults(log);
  bindInbox(probot, webhooks, baton.parts.store.inbox);
  // Probot stops its own server, and knows nothing of the engine and the database.
  exitOnSignals(log, () => baton.stop());
}

export { application as default };
