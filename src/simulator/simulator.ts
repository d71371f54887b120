import { checkSeed } from './check-seed.ts';
import { buildPages } from './pages/build-pages.ts';
import { openApiCaller } from './pages/call-api.ts';
import type { Seed } from './seed.ts';
import { isApiPath } from './server/api-path.ts';
import { buildApi } from './server/build-api.ts';
import { openFaultTable, type RequestFault } from './server/faults.ts';
import { type LedgerEntry, openLedger } from './server/ledger.ts';
import { listen } from './server/listen.ts';
import type { Limits } from './server/rate-limit.ts';
import { openRequestLog, type RequestRecord } from './server/request-log.ts';
import { buildWorld } from './state/build-world.ts';
import type { World } from './state/world.ts';
import type { Delivery } from './webhooks/delivery.ts';
import type { DeliveryFault } from './webhooks/delivery-fault.ts';
import { openWebhookQueue } from './webhooks/webhook-queue.ts';

export type { Seed } from './seed.ts';
export type { RequestFault } from './server/faults.ts';
export type { LedgerEntry } from './server/ledger.ts';
export type { Limits } from './server/rate-limit.ts';
export type { RequestRecord } from './server/request-log.ts';
export type { Delivery } from './webhooks/delivery.ts';
export type { DeliveryFault } from './webhooks/delivery-fault.ts';

export type SimulatorOptions = {
  readonly seed: Seed;
  /** Where the bare repositories are made. The caller removes it afterwards. */
  readonly directory: string;
  /** A free one is taken when missing. */
  readonly port?: number;
  readonly limits?: Limits;
  /** Called once per accepted write, after it is applied and before it is answered. */
  readonly onWrite?: (entry: LedgerEntry) => void;
  /** Told of what breaks inside the simulator. */
  readonly log?: (line: string) => void;
};

export type Simulator = {
  readonly url: string;
  readonly port: number;
  readonly app: {
    readonly id: number;
    readonly slug: string;
    /** PEM. */
    readonly privateKey: string;
    readonly webhookSecret: string;
    readonly botLogin: string;
  };
  /** The token of a user. @throws Error for a login which is not in the seed. */
  tokenOf(login: string): string;
  /** Where webhooks go from now on; null sends none. */
  setWebhookUrl(url: string | null): void;
  inject(fault: RequestFault): void;
  injectDelivery(fault: DeliveryFault): void;
  /** Accepted writes, oldest first. */
  ledger(): readonly LedgerEntry[];
  /** Every webhook sent or waiting, oldest first. */
  deliveries(): readonly Delivery[];
  /** Resolves when no webhook is being sent or waits to be. */
  settle(): Promise<void>;
  /** Answered requests, oldest first. */
  requests(): readonly RequestRecord[];
  /** How often each `METHOD /path` was asked. */
  requestCounts(): Record<string, number>;
  stop(): Promise<void>;
};

/**
 * Starts a GitHub of its own on loopback: REST, GraphQL, git over HTTP, webhooks and pages.
 * @throws SeedFaulty with all faults of the seed at once; Error when the port is taken or git is missing.
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const log = options.log ?? (() => undefined);
  const ledger = openLedger(options.onWrite);
  const webhooks = openWebhookQueue();
  const requests = openRequestLog();
  const faults = openFaultTable();
  const world = await buildWorld(checkSeed(options.seed), { directory: options.directory, ledger, webhooks });
  const api = buildApi(world, { requests, faults, limits: options.limits ?? {}, log });
  const pages = await buildPages(
    world,
    openApiCaller(world, (path, init) => api.request(path, init, {})),
  );
  const { server, port } = await listen(
    options.port ?? 0,
    (request, environment) =>
      isApiPath(new URL(request.url).pathname) ? api.fetch(request, environment) : pages.fetch(request),
    { world, faults, requests },
  );
  world.url = `http://127.0.0.1:${port}`;
  return {
    url: world.url,
    port,
    app: {
      id: world.app.id,
      slug: world.app.slug,
      privateKey: world.app.privateKey,
      webhookSecret: world.app.webhookSecret,
      botLogin: world.app.bot.login,
    },
    tokenOf: (login) => findToken(world, login),
    setWebhookUrl(url) {
      world.app.webhookUrl = url;
    },
    inject: (fault) => faults.inject(fault),
    injectDelivery: (fault) => webhooks.injectFault(fault),
    ledger: () => ledger.entries(),
    deliveries: () => webhooks.all(),
    settle: () => webhooks.settle(),
    requests: () => requests.all(),
    requestCounts: () => requests.counts(),
    async stop() {
      webhooks.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      for (const repository of world.repositories.values()) {
        repository.git.objects.close();
      }
    },
  };
}

function findToken(world: World, login: string): string {
  for (const [token, { actor }] of world.tokens) {
    if (actor.kind === 'user' && actor.account.login.toLowerCase() === login.toLowerCase()) {
      return token;
    }
  }
  throw new Error(`The seed has no user "${login}", so there is no token.`);
}
