import { startBaton } from './composition/start-baton.ts';
import { listSecrets } from './config/list-secrets.ts';
import { readSettings } from './config/read-settings.ts';
import { bindInbox } from './github/bind-inbox.ts';
import { webhooks } from './github/webhooks/registry.gen.ts';
import { createLog } from './telemetry/create-log.ts';

/** Exit code of sysexits.h: try again later. */
const EXIT_LEASE_LOST = 75;

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
    onLeaseLost() {
      log.error({}, 'another replica has taken over the work of this process; exiting');
      process.exit(EXIT_LEASE_LOST);
    },
  });
  bindInbox(probot, webhooks, baton.parts.store.inbox);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    // Probot stops its own server, and knows nothing of the engine and the database.
    process.once(signal, () => void baton.stop().then(() => process.exit(0)));
  }
}

export { application as default };
