import type { NewOrder, Order } from './order.ts';

/** Where orders are kept. */
export interface OrderStore {
  /** All orders, newest first. */
  list(): readonly Order[];
  find(id: string): Order | undefined;
  add(order: NewOrder, placedAt: Date): Order;
}

/** Keeps orders in memory, for as long as the process lives. */
export function createOrderStore(): OrderStore {
  const orders: Order[] = [];
  return {
    list: () => orders.toReversed(),
    find: (id) => orders.find((order) => order.id === id),
    add(order, placedAt) {
      const placed = { id: `o-${orders.length + 1}`, ...order, placedAt: placedAt.toISOString() };
      orders.push(placed);
      return placed;
    },
  };
}
