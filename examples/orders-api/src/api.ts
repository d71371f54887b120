import { type Fault, parseNewOrder } from './order.ts';
import type { OrderStore } from './order-store.ts';

/** Answers one request. Knows nothing of sockets, so the tests call it directly. */
export async function answer(request: Request, store: OrderStore): Promise<Response> {
  const { pathname } = new URL(request.url);
  const route = `${request.method} ${pathname}`;
  if (route === 'GET /orders') {
    return Response.json({ orders: store.list() });
  }
  if (route === 'POST /orders') {
    return placeOrder(request, store);
  }
  if (request.method === 'GET' && pathname.startsWith('/orders/')) {
    return showOrder(pathname.slice('/orders/'.length), store);
  }
  return Response.json({ error: { message: `no such route: ${route}` } }, { status: 404 });
}

async function placeOrder(request: Request, store: OrderStore): Promise<Response> {
  const body: unknown = await request.json().catch(() => undefined);
  const parsed = parseNewOrder(body);
  if (!parsed.ok) {
    return badRequest(parsed.fault);
  }
  return Response.json(store.add(parsed.value, new Date()), { status: 201 });
}

function showOrder(id: string, store: OrderStore): Response {
  const order = store.find(id);
  if (order === undefined) {
    return Response.json({ error: { message: `no such order: ${id}` } }, { status: 404 });
  }
  return Response.json(order);
}

function badRequest(fault: Fault): Response {
  return Response.json({ error: fault }, { status: 400 });
}
