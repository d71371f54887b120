/** One order, as the API shows it. */
export interface Order {
  readonly id: string;
  readonly customer: string;
  /** Price of the whole order in euro cents. */
  readonly totalCents: number;
  /** ISO time at which the order was placed. */
  readonly placedAt: string;
}

/** What a customer sends to place an order. */
export type NewOrder = Pick<Order, 'customer' | 'totalCents'>;

/** A value of the caller's that the API does not accept. */
export interface Fault {
  readonly field: string;
  readonly message: string;
}

export type Parsed<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly fault: Fault };

export function parseNewOrder(body: unknown): Parsed<NewOrder> {
  const { customer, totalCents } = Object(body) as Record<string, unknown>;
  if (typeof customer !== 'string' || customer.trim() === '') {
    return refuse('customer', 'must be a name');
  }
  if (typeof totalCents !== 'number' || !Number.isSafeInteger(totalCents) || totalCents < 1) {
    return refuse('totalCents', 'must be a whole number of cents, at least 1');
  }
  return { ok: true, value: { customer: customer.trim(), totalCents } };
}

function refuse(field: string, message: string): Parsed<never> {
  return { ok: false, fault: { field, message } };
}
