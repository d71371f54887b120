import type { Finding } from '../../domain/finding.ts';
import type { Entry } from '../../domain/plan/entry.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import type { ChangedSource } from '../source/changed-sources.ts';
import { isLogCall } from '../source/log-calls.ts';
import { lastOf, type Stretch, within } from '../source/source-facts.ts';
import { findRoute } from './find-route.ts';

/** What makes a span, by the usual libraries: a call, a decorator, a wrapper. */
const SPANS =
  /^(?:start_?(?:as_?current_?|active_?)?span|(?:with|in)_?span|new_?span|span|traced?|trace_?(?:method|function|async|sync)?|tracing|instrument(?:ed)?|observed?|capture_?(?:async_?)?(?:method|func))$/i;

const ROUTE = /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s+(\/\S*)/i;
/** The name of `async createOrder(input)`, `Orders.create` or `class Orders`. */
const NAME = /^(?:(?:export|default|async|public|static|def|func|function|class|const)\s+)*([\w$.]+)/;

interface By {
  /** Where the plan is. */
  readonly path: string;
  readonly spans: readonly string[];
  /** Whether requests have spans without a line of code. */
  readonly hasAutomatic: boolean;
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

interface Found extends Stretch {
  readonly source: ChangedSource;
}

export function findSpanless({ interfaces }: Plan, sources: readonly ChangedSource[], by: By): Spans {
  const entries = interfaces?.entries ?? [];
  const exempt = entries.filter(({ note }) => /\bno span\b/i.test(note));
  const judged = entries
    .filter((entry) => !exempt.includes(entry))
    .map((entry) => ({ entry, found: sources.flatMap((source) => findInterface(source, entry.text)) }));
  const seen = judged.filter(({ found }) => found.length > 0);
  return {
    watched: seen.length,
    exempt: exempt.map(({ text }) => text),
    unseen: judged.filter(({ found }) => found.length === 0).map(({ entry }) => entry.text),
    findings: seen
      .filter(
        ({ entry, found }) =>
          !(by.hasAutomatic && ROUTE.test(entry.text)) && !found.some((one) => hasSpan(one, by)),
      )
      .map(({ entry, found }) => toFinding(entry, found, by)),
  };
}

function findInterface(source: ChangedSource, text: string): readonly Found[] {
  const [, method, path] = ROUTE.exec(text) ?? [];
  if (method !== undefined && path !== undefined) {
    return findRoute(source.facts, method, path).map((place) => ({ ...place, source }));
  }
  const name = lastOf(NAME.exec(text)?.[1] ?? '');
  return source.facts.definitions
    .filter((one) => one.text === name && name !== '')
    .map((place) => ({ ...place, source }));
}

/** In it, or in what it names: a route names its handler, a wrapper what it wraps. */
function hasSpan({ source: { facts }, ...place }: Found, { spans }: By): boolean {
  const names = new Set(within(facts.names, place).map(({ text }) => lastOf(text)));
  const named = facts.definitions.filter(({ text }) => names.has(text));
  return [place, ...named].some((stretch) =>
    within(facts.calls, stretch).some(({ callee }) => makesSpan(callee, spans)),
  );
}

function makesSpan(callee: string, further: readonly string[]): boolean {
  const name = lastOf(callee);
  return !isLogCall(callee) && (SPANS.test(name) || further.includes(name));
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
