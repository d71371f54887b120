import { definitionAround, lastOf, type SourceFacts, type Stretch } from '../source/source-facts.ts';
import { toPattern } from './route-pattern.ts';

/** Where a route is served: the function that a decorator makes its handler, else the call that registers it. */
export function findRoute(facts: SourceFacts, method: string, path: string): readonly Stretch[] {
  const wanted = toPattern(path);
  return facts.calls
    .filter((call) => serves(lastOf(call.callee), method))
    .filter((call) => {
      const given = facts.texts.find(({ start, end }) => start >= call.argumentsAt && end <= call.end);
      // A router has a prefix of its own, so what it is given may be the end of the path only.
      return given !== undefined && isEnd(toPattern(given.text), wanted);
    })
    .map((call) => (call.decorates ? (definitionAround(facts, call) ?? call) : call));
}

/** `app.post`, `router.route` and `@Post` serve. */
function serves(name: string, method: string): boolean {
  return [method.toLowerCase(), 'route', 'api_route', 'all'].includes(name.toLowerCase());
}

function isEnd(given: string, wanted: string): boolean {
  return given === wanted || (given !== '' && wanted.endsWith(given.startsWith('/') ? given : `/${given}`));
}
