import type { RequestRecord } from '../../../src/simulator/simulator.ts';
import { printTable } from '../../report/print-table.ts';

/**
 * What Baton asks for. GitHub calls content what sends notifications when it is made, and limits that by the minute and
 * the hour; Baton's own budget also counts each edit of it.
 */
const KINDS: readonly { readonly name: string; readonly is: RegExp; readonly content?: true }[] = [
  { name: 'permission of whoever asked', is: /^GET .+\/permission$/ },
  { name: 'issue, before a run starts', is: /^GET .+\/issues\/N$/ },
  { name: 'comment, content', is: /^POST .+\/issues\/N\/comments$/, content: true },
  { name: 'edit of a comment', is: /^PATCH .+\/issues\/comments\/N$/ },
  { name: 'pull request, content', is: /^POST .+\/pulls$/, content: true },
  { name: 'edit of a pull request', is: /^PATCH .+\/pulls\/N$/ },
  { name: 'issue for work put off, content', is: /^POST .+\/issues$/, content: true },
  { name: 'check run, or its update', is: /^(POST|PATCH) .+\/check-runs/ },
  { name: 'reaction', is: /^POST .+\/reactions$/ },
  { name: 'label put on or taken off', is: /^(POST|DELETE) .+\/labels/ },
  { name: 'token', is: /\/access_tokens$/ },
];

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
  const others = routes.filter((route) => !isGit(route) && KINDS.every(({ is }) => !is.test(route)));
  printTable('(e) Requests to GitHub per finished run', [
    ['', 'first run', 'later run'],
    row('REST calls', (route) => !isGit(route)),
    row('- that make content, in the sense of GitHub', isContent),
    row('- that make or edit content', (route) => isContent(route) || isEdit(route)),
    row(
      '- that create anything (POST)',
      (route) => route.startsWith('POST') && !isGit(route) && !isMint(route),
    ),
    ...KINDS.map(({ name, is }) => row(`  ${name}`, (route) => is.test(route))),
    ...others.map((route) => row(`  ${route}`, (one) => one === route)),
    row('git over HTTP', isGit),
  ]);
}

function isEdit(route: string): boolean {
  return /^PATCH .+\/(issues\/comments|issues|pulls)\/N$/.test(route);
}

function isContent(route: string): boolean {
  return KINDS.some(({ is, content }) => content === true && is.test(route));
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
