import type { World } from '../state/world.ts';
import type { Call } from './call.ts';

const DEFAULT_PER_PAGE = 30;
const MAX_PER_PAGE = 100;

/** The page of a list which was asked for; the Link header names the others. */
export function paginate<Item>(world: World, call: Call, items: readonly Item[]): Item[] {
  const perPage = Math.min(readCount(call, 'per_page') ?? DEFAULT_PER_PAGE, MAX_PER_PAGE);
  const page = readCount(call, 'page') ?? 1;
  const pages = Math.max(1, Math.ceil(items.length / perPage));
  const links = [
    ...(page > 1 ? [toLink(world, call, { page: Math.min(page - 1, pages), name: 'prev' })] : []),
    ...(page < pages ? [toLink(world, call, { page: page + 1, name: 'next' })] : []),
    ...(page < pages ? [toLink(world, call, { page: pages, name: 'last' })] : []),
    ...(page > 1 ? [toLink(world, call, { page: 1, name: 'first' })] : []),
  ];
  if (links.length > 0) {
    call.header('link', links.join(', '));
  }
  return items.slice((page - 1) * perPage, page * perPage);
}

function readCount(call: Call, name: string): number | null {
  const value = Number(call.req.query(name));
  return Number.isInteger(value) && value > 0 ? value : null;
}

function toLink(world: World, call: Call, target: { page: number; name: string }): string {
  const asked = new URL(call.req.url);
  asked.searchParams.set('page', String(target.page));
  return `<${world.url}${asked.pathname}${asked.search}>; rel="${target.name}"`;
}
