import type { RequestRecord } from '../../../src/simulator/simulator.ts';
import { printTable } from '../../report/print-table.ts';

/** Creating these sends notifications, so GitHub limits them by the minute and the hour. */
const NOTIFYING = new Set([
  'POST /repos/*/issues',
  'POST /repos/*/issues/N/comments',
  'POST /repos/*/pulls',
  'POST /repos/*/pulls/N/reviews',
  'POST /repos/*/pulls/N/comments',
]);

/** How often Baton asked each route; what people did is left out. */
export function countRequests(requests: readonly RequestRecord[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { actor, method, path } of requests) {
    if (actor === 'app' || actor.endsWith('[bot]')) {
      const route = `${method} ${toRoute(path)}`;
      counts.set(route, (counts.get(route) ?? 0) + 1);
    }
  }
  return counts;
}

export function printRequests(first: ReadonlyMap<string, number>, later: ReadonlyMap<string, number>): void {
  function sum(counts: ReadonlyMap<string, number>, matches: (route: string) => boolean): number {
    return [...counts].reduce((total, [route, count]) => total + (matches(route) ? count : 0), 0);
  }
  function row(name: string, matches: (route: string) => boolean): [string, string, string] {
    return [name, String(sum(first, matches)), String(sum(later, matches))];
  }
  const routes = [...new Set([...first.keys(), ...later.keys()])].toSorted();
  printTable('(e) Requests to GitHub per finished run', [
    ['', 'first run', 'later run'],
    row('REST calls', (route) => !isGit(route)),
    row('- that create something that notifies', (route) => NOTIFYING.has(route)),
    row('- that create anything', (route) => route.startsWith('POST') && !isGit(route) && !isMint(route)),
    row('- for tokens', isMint),
    row('git over HTTP', isGit),
    ...routes.map((route) => row(`  ${route}`, (one) => one === route)),
  ]);
}

function isGit(route: string): boolean {
  return route.includes('.git/');
}

function isMint(route: string): boolean {
  return route.endsWith('/access_tokens');
}

function toRoute(path: string): string {
  return path
    .replace(/^\/repos\/[^/]+\/[^/]+/, '/repos/*')
    .replaceAll(/\/\d+/g, '/N')
    .replace(/\/collaborators\/[^/]+/, '/collaborators/*')
    .replace(/\/labels\/.+$/, '/labels/*');
}
