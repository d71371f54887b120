import type { Finding } from '../../domain/finding.ts';
import type { Entry } from '../../domain/plan/entry.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import type { ChangedSource } from '../source/changed-sources.ts';
import { isLogCall } from '../source/log-calls.ts';
import { lastOf, type SourceFacts, within } from '../source/source-facts.ts';
import { type ComparedRoute, findComparedRoute, sharedCalls } from './find-compared-route.ts';
import { findRoute } from './find-route.ts';
import { isMentioned, isOfData } from './is-of-data.ts';

/** What makes a span, by the usual libraries: a call, a decorator, a wrapper. */
const SPANS =
  /^(?:start_?(?:as_?current_?|active_?)?span|(?:with|in)_?span|new_?span|span|traced?|trace_?(?:method|function|async|sync)?|tracing|instrument(?:ed)?|observed?|capture_?(?:async_?)?(?:method|func))$/i;

const ROUTE = /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s+(\/\S*)/i;
/** The name of `async createOrder(input)`, `Orders.create` or `class Orders`. */
const NAME = /^(?:(?:export|default|async|public|static|def|func|function|class|const)\s+)*([\w$.]+)/;

/** What is called by its name must be defined by it somewhere; of `table orders`, nobody knows where it is. */
const FUNCTION = /^(?:(?:export|default|async|public|static|def|func|function)\s+)*[\w$.]+\s?\(/;

interface By {
  /** Where the plan is. */
  readonly path: string;
  readonly spans: readonly string[];
  /** Whether requests have spans without a line of code. */
  readonly hasAutomatic: boolean;
  /** Whether the change has code in languages that are not read. */
  readonly hasUnread: boolean;
}

/** What came of looking for the spans of a plan's public interfaces. */
export interface Spans {
  readonly findings: readonly Finding[];
  /** How many were looked at. */
  readonly watched: number;
  /** The plan says "no span" of them. */
  readonly exempt: readonly string[];
  /** No changed file that is read defines them. */
  readonly unseen: readonly string[];
}

interface Found extends ComparedRoute {
  readonly source: ChangedSource;
}

export function findSpanless({ interfaces }: Plan, sources: readonly ChangedSource[], by: By): Spans {
  const entries = interfaces?.entries ?? [];
  // In a sentence, the words before a name may be of another.
  const exempt = entries.filter(({ note, isProse }) => isProse !== true && /\bno span\b/i.test(note));
  const judged = entries
    .filter((entry) => !exempt.includes(entry))
    .map((entry) => ({ entry, found: sources.flatMap((source) => findInterface(source, entry.text)) }));
  const seen = judged.filter(({ found }) => found.length > 0);
  const unseen = judged.filter(({ found }) => found.length === 0).map(({ entry }) => entry);
  const absent =
    by.hasUnread || sources.length === 0 ? [] : unseen.filter((one) => isMissed(one, entries, by));
  return {
    watched: seen.length,
    exempt: exempt.map(({ text }) => text),
    unseen: unseen.filter((entry) => !absent.includes(entry)).map(({ text }) => text),
    findings: [
      ...seen
        .filter(
          ({ entry, found }) =>
            !(by.hasAutomatic && ROUTE.test(entry.text)) && !found.some((one) => hasSpan(one, by)),
        )
        .map(({ entry, found }) => toFinding(entry, found, by)),
      ...absent.map((entry) => toAbsent(entry, by)),
    ],
  };
}

function findInterface(source: ChangedSource, text: string): readonly Found[] {
  const [, method, path] = ROUTE.exec(text) ?? [];
  if (method !== undefined && path !== undefined) {
    const registered = findRoute(source.facts, method, path).map((place) => ({ ...place, around: null }));
    const places = registered.length > 0 ? registered : findComparedRoute(source.facts, method, path);
    return places.map((place) => ({ ...place, source }));
  }
  const name = lastOf(NAME.exec(text)?.[1] ?? '');
  return source.facts.definitions
    .filter((one) => one.text === name && name !== '')
    .map((place) => ({ ...place, around: null, source }));
}

/** What has to be somewhere in the change: a route that nobody else watches, and what is called by its name. */
function isMissed(entry: Entry, entries: readonly Entry[], { hasAutomatic }: By): boolean {
  if (isMentioned(entry, entries) || isOfData(entry)) {
    return false;
  }
  return ROUTE.test(entry.text) ? !hasAutomatic : FUNCTION.test(entry.text);
}

/** In it, in what it names or, for a path that is compared, calls, or in what is done for all paths. */
function hasSpan({ source: { facts }, ...place }: Found, { spans }: By): boolean {
  const stretches = [place, ...namedBy(facts, place)];
  const calls = [...stretches.flatMap((one) => within(facts.calls, one)), ...sharedCalls(facts, place)];
  return calls.some(({ callee }) => makesSpan(callee, spans));
}

/** A route names its handler, a wrapper what it wraps. */
function namedBy(facts: SourceFacts, place: ComparedRoute): SourceFacts['definitions'] {
  const called = place.around === null ? [] : within(facts.calls, place).map(({ callee }) => callee);
  const names = new Set([...within(facts.names, place).map(({ text }) => text), ...called].map(lastOf));
  return facts.definitions.filter(({ text }) => names.has(text));
}

function makesSpan(callee: string, further: readonly string[]): boolean {
  const name = lastOf(callee);
  return !isLogCall(callee) && (SPANS.test(name) || further.includes(name));
}

function toAbsent({ text, line }: Entry, { path }: By): Finding {
  return {
    path,
    line,
    message: `The public interface \`${text}\` is in no changed file. Name it as the code does; if it is unchanged, the plan says "no span" behind it, and why. ${ROUTE.test(text) ? 'A route is found where its path is registered, or compared in a condition.' : 'If it is no function, say what it is in front of it, such as: index `users(email)`.'}`,
    severity: 'error',
  };
}

function toFinding({ text, line }: Entry, found: readonly Found[], { path }: By): Finding {
  const [first] = found;
  return {
    path: first?.source.path ?? path,
    line: first?.line ?? line,
    message: `The public interface \`${text}\` has no span. Start one in it, such as \`tracer.start_as_current_span("...")\` or \`tracer.startActiveSpan("...", ...)\`; if it needs none, the plan says "no span" behind it, and why.`,
    severity: 'error',
  };
}
