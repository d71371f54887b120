import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createOrderStore } from '../src/order-store.ts';
import { createApiServer } from '../src/server.ts';

test('an order placed over HTTP can be read back', async () => {
  const server = createApiServer(createOrderStore());
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${server.address()?.port}/orders`;
  try {
    const body = JSON.stringify({ customer: 'Ada', totalCents: 1250 });
    const placed = await (await fetch(url, { method: 'POST', body })).json();
    const read = await (await fetch(`${url}/${placed.id}`)).json();
    assert.deepEqual(read, placed);
  } finally {
    server.close();
  }
});
