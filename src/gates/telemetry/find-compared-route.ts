import {
  definitionAround,
  isInside,
  type SourceBranch,
  type SourceFacts,
  type SourceText,
  type Stretch,
  within,
} from '../source/source-facts.ts';
import { toPattern } from './route-pattern.ts';

/** Where a route is served by a server that compares paths itself. */
export interface ComparedRoute extends Stretch {
  /** The function of all its routes: what it does before it looks at the path, it does for each of them. */
  readonly around: Stretch | null;
}

const METHOD = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/;
const HANDLER = /^do_([A-Z]{3,7})$/;

/**
 * `if (req.url === '/x')`, `switch (pathname) { case '/x':`, `handlers = { '/x': ... }`, and in Python `do_GET` with or
 * without `if self.path == '/x'`.
 */
export function findComparedRoute(
  facts: SourceFacts,
  method: string,
  path: string,
): readonly ComparedRoute[] {
  const wanted = toPattern(path);
  const named = facts.texts.filter(({ text }) => isNamed(text, { method, wanted }));
  const served = facts.branches
    .filter((branch) => isOfMethod(facts, branch, method))
    .flatMap((branch) => {
      const text = named.find((one) => isInTest(one, branch));
      return text === undefined ? [] : [toServed(facts, branch, text)];
    });
  if (served.length > 0) {
    return served;
  }
  const keys = facts.keys.filter(({ text }) => isNamed(text, { method, wanted }));
  return keys.length > 0
    ? keys.map((key) => ({ ...valueOf(facts, key), around: null }))
    : facts.definitions
        .filter(({ text }) => HANDLER.exec(text)?.[1] === method.toUpperCase() && named.length === 0)
        .map((place) => ({ ...place, around: null }));
}

/** The path alone, behind its method, or the beginning of one that ends in what varies. */
function isNamed(
  text: string,
  { method, wanted }: { readonly method: string; readonly wanted: string },
): boolean {
  const given = toPattern(text.replace(new RegExp(`^${method}[ :]`, 'i'), ''));
  return text.length > 1 && (given === wanted || wanted === `${given}/*`);
}

function isInTest(text: SourceText, { start, testEnd }: SourceBranch): boolean {
  return text.start >= start && text.end <= testEnd;
}

/** A condition that names other methods only is of another route, and so is a handler of another. */
function isOfMethod(facts: SourceFacts, branch: SourceBranch, method: string): boolean {
  const handler = HANDLER.exec(definitionAround(facts, branch)?.text ?? '')?.[1];
  const texts = facts.texts.filter((text) => isInTest(text, branch)).map(({ text }) => text.toUpperCase());
  const methods = texts.filter((text) => METHOD.test(text));
  const isOther = methods.length > 0 && !methods.includes(method.toUpperCase());
  return (handler === undefined || handler === method.toUpperCase()) && !isOther;
}

/** Where a condition leaves a path out, it is served by what is done instead; by a guard that leaves early, all that follows. */
function toServed(facts: SourceFacts, branch: SourceBranch, text: SourceText): ComparedRoute {
  const around = definitionAround(facts, branch) ?? callAround(facts, branch);
  const rest = { ...branch, start: branch.end, end: around?.end ?? Number.POSITIVE_INFINITY };
  return { ...(isLeftOut(facts, branch, text) ? (branch.otherwise ?? rest) : branch), around };
}

/** The opposite of the opposite is the thing itself: `!(url !== '/x')`. */
function isLeftOut({ negations }: SourceFacts, branch: SourceBranch, text: SourceText): boolean {
  const test = { ...branch, end: branch.testEnd };
  return within(negations, test).filter((one) => isInside(text, one)).length % 2 === 1;
}

/** The outermost: `createServer((request, response) => ...)`. */
function callAround({ calls }: SourceFacts, inner: Stretch): Stretch | null {
  return calls.find((call) => isInside(inner, call)) ?? null;
}

/** In a table of handlers, the function behind a path, or its name. */
function valueOf({ definitions, names }: SourceFacts, key: SourceText): Stretch {
  const own = definitions.find(({ start, text }) => start === key.start && text === key.text);
  const name = names.find(({ start }) => start >= key.end);
  return own ?? { ...key, end: name?.end ?? key.end };
}

/** Whether calls before the path is looked at are made for this route, too. */
export function sharedCalls(facts: SourceFacts, { around, ...place }: ComparedRoute): SourceFacts['calls'] {
  return around === null
    ? []
    : within(facts.calls, around).filter(
        (call) =>
          call.start <= place.start &&
          !facts.branches.some((branch) => isInside(call, branch) && !isInside(place, branch)),
      );
}
