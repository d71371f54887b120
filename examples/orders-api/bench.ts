// Prints how long a list of orders takes, as `p99: <milliseconds> ms`. It is the time of this thread, so that it says
// nothing about what else the machine does.
import { answer } from './src/api.ts';
import { createOrderStore } from './src/order-store.ts';

const ORDERS = 1_000;
const SAMPLES = 100;
const WARM_UP = 20;
const PER_SAMPLE = 5;

const store = createOrderStore();
for (let i = 1; i <= ORDERS; i += 1) {
  store.add({ customer: `Customer ${i}`, totalCents: i }, new Date('2026-01-01T10:00:00Z'));
}

/** Milliseconds for one request. */
async function measure(): Promise<number> {
  const before = process.threadCpuUsage();
  for (let i = 0; i < PER_SAMPLE; i += 1) {
    const response = await answer(new Request('http://localhost/orders'), store);
    await response.text();
  }
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000 / PER_SAMPLE;
}

const times: number[] = [];
for (let i = 0; i < WARM_UP + SAMPLES; i += 1) {
  times.push(await measure());
}
times.splice(0, WARM_UP);
times.sort((one, other) => one - other);
console.log(`p99: ${times[Math.ceil(SAMPLES * 0.99) - 1]?.toFixed(3)} ms`);
