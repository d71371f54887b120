import { type Context, Hono } from 'hono';
import { setCookie } from 'hono/cookie';
import { notFound } from '../server/github-error.ts';
import type { World } from '../state/world.ts';
import { redeliver } from '../webhooks/emit.ts';
import { type CallApi, readOutcome } from './call-api.ts';
import { FORMS } from './forms.ts';
import { findViewer, VIEWER_COOKIE } from './page-context.ts';
import { toLocalPath } from './to-local-path.ts';

/** What the buttons and forms of the pages do: each is one call of the API in the name of the user picked. */
export function formRoutes(world: World, callApi: CallApi): Hono {
  const routes = new Hono();
  routes.post('/acting', async (context) => {
    const { login, back } = await readForm(context);
    setCookie(context, VIEWER_COOKIE, login ?? '', { path: '/', sameSite: 'Strict', httpOnly: true });
    return context.redirect(toLocalPath(back), 303);
  });
  routes.post('/deliveries/:id/redeliver', (context) => {
    const delivery = world.webhooks.find(Number(context.req.param('id')));
    if (!delivery) {
      throw notFound();
    }
    redeliver(world, delivery);
    return context.redirect('/deliveries', 303);
  });
  for (const form of FORMS) {
    routes.post(form.path, async (context) => {
      const fields = await readForm(context);
      const params: Record<string, string | undefined> = context.req.param();
      const request = form.toRequest({ world, params, fields });
      const answer = await callApi(findViewer(world, context), request);
      const { page, refusal } = await readOutcome(answer);
      const back = toLocalPath(fields['back']);
      return context.redirect(
        refusal === null ? (page ?? back) : `${back}?fault=${encodeURIComponent(refusal)}`,
        303,
      );
    });
  }
  return routes;
}

async function readForm(context: Context): Promise<Record<string, string | undefined>> {
  const fields = await context.req.parseBody();
  return Object.fromEntries(
    Object.entries(fields).filter((field): field is [string, string] => typeof field[1] === 'string'),
  );
}
