// Prints how long a list of orders takes, as `p99: <milliseconds> ms`. A busy machine takes longer for everything. So of
// several tries the quickest counts, and the time is that of a machine which writes a list like this, and does nothing
// else, in REFERENCE_MS: that is measured along with it.
import { answer } from './src/api.ts';
import { createOrderStore } from './src/order-store.ts';

const ORDERS = 1_000;
const REQUESTS = 100;
const TRIES = 10;
const REFERENCE_MS = 0.2;

const store = createOrderStore();
for (let i = 1; i <= ORDERS; i += 1) {
  store.add({ customer: `Customer ${i}`, totalCents: i }, new Date('2026-01-01T10:00:00Z'));
}
const LIST = structuredClone(store.list());

async function listOrders(): Promise<void> {
  await (await answer(new Request('http://localhost/orders'), store)).text();
}

async function writeList(): Promise<void> {
  await Response.json({ orders: LIST }).text();
}

async function measure(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function toP99(times: readonly number[]): number {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN;
}

const lists = new Array<number>(REQUESTS).fill(Number.POSITIVE_INFINITY);
const references = [...lists];
for (let i = 0; i < TRIES * REQUESTS; i += 1) {
  const request = i % REQUESTS;
  references[request] = Math.min(references[request] ?? 0, await measure(writeList));
  lists[request] = Math.min(lists[request] ?? 0, await measure(listOrders));
}
console.log(`p99: ${((REFERENCE_MS * toP99(lists)) / toP99(references)).toFixed(3)} ms`);
