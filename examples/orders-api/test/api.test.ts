import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { answer } from '../src/api.ts';
import { createOrderStore, type OrderStore } from '../src/order-store.ts';

function storeWith(count: number): OrderStore {
  const store = createOrderStore();
  for (let i = 1; i <= count; i += 1) {
    store.add({ customer: `Customer ${i}`, totalCents: i * 100 }, new Date('2026-01-01T10:00:00Z'));
  }
  return store;
}

function ask(store: OrderStore, path: string, init?: RequestInit): Promise<Response> {
  return answer(new Request(`http://localhost${path}`, init), store);
}

describe('GET /orders', () => {
  test('lists orders, newest first', async () => {
    const response = await ask(storeWith(3), '/orders');
    const { orders } = await response.json();
    assert.equal(response.status, 200);
    assert.deepEqual(
      orders.map((order: { id: string }) => order.id),
      ['o-3', 'o-2', 'o-1'],
    );
  });

  test('lists nothing when there are no orders', async () => {
    const response = await ask(storeWith(0), '/orders');
    assert.deepEqual(await response.json(), { orders: [] });
  });
});

describe('GET /orders/:id', () => {
  test('shows one order', async () => {
    const response = await ask(storeWith(2), '/orders/o-2');
    assert.deepEqual(await response.json(), {
      id: 'o-2',
      customer: 'Customer 2',
      totalCents: 200,
      placedAt: '2026-01-01T10:00:00.000Z',
    });
  });

  test('answers 404 for an order that is not there', async () => {
    assert.equal((await ask(storeWith(1), '/orders/o-9')).status, 404);
  });
});

describe('POST /orders', () => {
  test('places an order', async () => {
    const store = storeWith(0);
    const body = JSON.stringify({ customer: ' Ada ', totalCents: 1250 });
    const response = await ask(store, '/orders', { method: 'POST', body });
    assert.equal(response.status, 201);
    assert.equal(store.find('o-1')?.customer, 'Ada');
  });

  for (const [field, body] of [
    ['customer', '{"totalCents": 100}'],
    ['totalCents', '{"customer": "Ada", "totalCents": 0.5}'],
    ['customer', 'not json'],
  ] as const) {
    test(`names the field that is wrong: ${body}`, async () => {
      const response = await ask(storeWith(0), '/orders', { method: 'POST', body });
      const { error } = await response.json();
      assert.equal(response.status, 400);
      assert.equal(error.field, field);
    });
  }
});
