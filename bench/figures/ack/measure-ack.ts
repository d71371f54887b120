import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { toDemoSeed } from '../../../src/demo/demo-seed.ts';
import { printTable } from '../../report/print-table.ts';
import { median } from '../../report/quantile.ts';
import { readCpuMs } from '../../stage/process-usage.ts';
import { type BenchStage, setPlace } from '../../stage/set-stage.ts';
import { fire, type Shots } from './fire.ts';
import { toSignedDelivery } from './signed-delivery.ts';
import { WEBHOOK_PATH } from './webhook-path.ts';

const CONNECTIONS = [1, 20, 100];
const ROUNDS = 2;
const SECONDS = 2;
const LOOK_EVERY_MS = 250;
const LONGEST_REST_MS = 20_000;

/** Acknowledged webhooks per second: Baton, which stores each before it answers, beside two that keep nothing. */
export async function measureAck(): Promise<void> {
  const place = await setPlace();
  const { webhookSecret } = place.simulator.app;
  const stage = await place.open('baton', { LOG_LEVEL: 'warn' });
  const [probot, verifier] = await Promise.all([
    startBare('probot', webhookSecret),
    startBare('verifier', webhookSecret),
  ]);
  const installation = toDemoSeed().installations?.[0]?.id ?? 0;
  const delivery = toSignedDelivery(webhookSecret, installation);
  const servers = { verifier: verifier.url, probot: probot.url, baton: stage.webhookUrl };
  const shots = new Map<string, Shots[]>();
  for (const url of Object.values(servers)) {
    await fire(url, delivery, { connections: 20, seconds: 1 });
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const connections of CONNECTIONS) {
      for (const [name, url] of Object.entries(servers)) {
        await rest(stage);
        const key = `${name} ${connections}`;
        shots.set(key, [
          ...(shots.get(key) ?? []),
          await fire(url, delivery, { connections, seconds: SECONDS }),
        ]);
      }
    }
  }
  print(shots, delivery.body.length);
  verifier.stop();
  probot.stop();
  await rest(stage);
  await stage.stop();
  await place.remove();
}

/** Until Baton has handled what it took, so that it does not slow the next server down. */
async function rest({ baton }: BenchStage): Promise<void> {
  const pid = baton.child.pid ?? 0;
  for (let waited = 0; waited < LONGEST_REST_MS; waited += LOOK_EVERY_MS) {
    const before = readCpuMs(pid);
    await delay(LOOK_EVERY_MS);
    if (readCpuMs(pid) - before < LOOK_EVERY_MS / 5) {
      return;
    }
  }
}

async function startBare(kind: 'probot' | 'verifier', secret: string) {
  const child = fork(join(import.meta.dirname, 'serve-bare.ts'), [kind, secret]);
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`The ${kind} server ended with ${code} before it listened.`);
  });
  const [port] = await Promise.race([once(child, 'message'), ended]);
  return { url: `http://127.0.0.1:${port}${WEBHOOK_PATH}`, stop: () => child.kill() };
}

function print(shots: ReadonlyMap<string, readonly Shots[]>, bytes: number): void {
  function of(name: string, connections: number, field: keyof Shots): number {
    return median((shots.get(`${name} ${connections}`) ?? []).map((shot) => shot[field]));
  }
  const rows = CONNECTIONS.flatMap((connections) =>
    ['verifier', 'probot', 'baton'].map((name) => [
      `${name}, ${connections} connections`,
      Math.round(of(name, connections, 'perSecond')),
      of(name, connections, 'p50'),
      of(name, connections, 'p99'),
      of(name, connections, 'perSecond') / of('probot', connections, 'perSecond'),
      of(name, connections, 'failed'),
    ]),
  );
  printTable(
    `(a) Acknowledged issues.labeled of ${bytes} bytes. Baton's are on disk; their label starts no workflow.`,
    [['', 'req/s', 'p50 ms', 'p99 ms', 'of Probot', 'failed'], ...rows],
  );
}
