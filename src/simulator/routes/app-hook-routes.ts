import { Hono } from 'hono';
import { z } from 'zod';
import type { Rest } from '../serializers/schemas.ts';
import { toDelivery, toDeliveryItem } from '../serializers/to-delivery.ts';
import { accepted } from '../server/accepted.ts';
import type { ApiEnvironment } from '../server/call.ts';
import { notFound } from '../server/github-error.ts';
import { readBody } from '../server/read-body.ts';
import type { World } from '../state/world.ts';
import type { Delivery } from '../webhooks/delivery.ts';
import { redeliver } from '../webhooks/emit.ts';
import { requireApp } from './app-routes.ts';
import { pageByCursor } from './page-by-cursor.ts';

const config = z.object({
  url: z.url().optional(),
  secret: z.string().min(1).optional(),
  content_type: z.string().optional(),
  insecure_ssl: z.union([z.string(), z.number()]).optional(),
});

/** The App's webhook and the log of its deliveries. */
export function appHookRoutes(world: World): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();
  routes.get('/app/hook/config', (call) => {
    requireApp(call);
    return call.json(toConfig(world));
  });
  routes.patch('/app/hook/config', accepted(world, 'apps/update-webhook-config-for-app'), async (call) => {
    requireApp(call);
    const { url, secret } = await readBody(call, config);
    world.app.webhookUrl = url ?? world.app.webhookUrl;
    world.app.webhookSecret = secret ?? world.app.webhookSecret;
    return call.json(toConfig(world));
  });
  routes.get('/app/hook/deliveries', (call) => {
    requireApp(call);
    return call.json(pageByCursor(world, call, world.webhooks.all().toReversed()).map(toDeliveryItem));
  });
  routes.get('/app/hook/deliveries/:id', (call) => {
    requireApp(call);
    return call.json(toDelivery(findDelivery(world, call.req.param('id'))));
  });
  const again = accepted(world, 'apps/redeliver-webhook-delivery');
  routes.post('/app/hook/deliveries/:id/attempts', again, (call) => {
    requireApp(call);
    redeliver(world, findDelivery(world, call.req.param('id')));
    return call.json({}, 202);
  });
  return routes;
}

function toConfig(world: World): Rest['webhook-config'] {
  const { webhookUrl } = world.app;
  return {
    ...(webhookUrl === null ? {} : { url: webhookUrl }),
    content_type: 'json',
    secret: '********',
    insecure_ssl: '0',
  };
}

function findDelivery(world: World, id: string): Delivery {
  const delivery = world.webhooks.find(Number(id));
  if (!delivery) {
    throw notFound();
  }
  return delivery;
}
