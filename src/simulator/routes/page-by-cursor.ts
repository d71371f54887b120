import type { Call } from '../server/call.ts';
import type { World } from '../state/world.ts';

const DEFAULT_PER_PAGE = 30;
const MAX_PER_PAGE = 100;

/** The part of a list after the `cursor`, newest first; the Link header names the next, as the delivery log does. */
export function pageByCursor<Item extends { id: number }>(
  world: World,
  call: Call,
  items: readonly Item[],
): Item[] {
  const perPage = Math.min(Number(call.req.query('per_page')) || DEFAULT_PER_PAGE, MAX_PER_PAGE);
  const cursor = Number(call.req.query('cursor')) || Number.POSITIVE_INFINITY;
  const rest = items.filter((item) => item.id < cursor);
  const page = rest.slice(0, perPage);
  const last = page.at(-1);
  if (last && rest.length > perPage) {
    const next = new URL(call.req.url);
    next.searchParams.set('cursor', String(last.id));
    call.header('link', `<${world.url}${next.pathname}${next.search}>; rel="next"`);
  }
  return page;
}
