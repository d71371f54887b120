import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { toDemoSeed } from '../../../src/demo/demo-seed.ts';
import { printTable } from '../../report/print-table.ts';
import { median } from '../../report/quantile.ts';
import { setPlace } from '../../stage/set-stage.ts';
import { fire, type Shots } from './fire.ts';
import { toSignedDelivery } from './signed-delivery.ts';
import { WEBHOOK_PATH } from './webhook-path.ts';

const CONNECTIONS = [1, 20, 100];
const ROUNDS = 2;
const SECONDS = 2;
const WARM_UP = { connections: 20, seconds: 1 };

/** Acknowledged webhooks per second: Baton, which stores each before it answers, beside two that keep nothing. */
export async function measureAck(): Promise<void> {
  const place = await setPlace();
  const { webhookSecret } = place.simulator.app;
  const delivery = toSignedDelivery(webhookSecret, toDemoSeed().installations?.[0]?.id ?? 0);
  const verifier = await startBare('verifier', webhookSecret);
  const probot = await startBare('probot', webhookSecret);
  const shots = new Map<string, Shots[]>();
  async function shoot(name: string, url: string, connections: number): Promise<void> {
    await fire(url, delivery, WARM_UP);
    const key = `${name} ${connections}`;
    const shot = await fire(url, delivery, { connections, seconds: SECONDS });
    shots.set(key, [...(shots.get(key) ?? []), shot]);
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const connections of CONNECTIONS) {
      await shoot('verifier', verifier.url, connections);
      await shoot('probot', probot.url, connections);
      // A new one each time: it goes on handling what it took long after the last answer.
      const stage = await place.open(`baton-${round}-${connections}`, { LOG_LEVEL: 'info' });
      await shoot('baton', stage.webhookUrl, connections);
      await stage.stop();
    }
  }
  print(shots, delivery.body.length);
  verifier.stop();
  probot.stop();
  await place.remove();
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
