import picomatch from 'picomatch';
import type { Evidence } from '../../domain/evidence.ts';
import { readText } from '../parts/read-text.ts';
import { withoutComments } from '../parts/without-comments.ts';
import { type ChangedSource, isSource } from '../source/changed-sources.ts';
import { wordsOf } from '../source/words.ts';

const MAX_FILES = 100;
/** Of all of them together; what is set up needs far less. */
const MAX_CHARACTERS = 4_000_000;

/** Where projects set up what watches them. */
export const TELEMETRY_FILES = [
  '**/{log,logs,logger,loggers,logging,telemetry,tracing,observability,instrumentation,otel,metrics}.*',
  '**/{logging,telemetry,tracing,observability,instrumentation,otel,metrics}/**',
  '**/*[-_.]{logger,logging,telemetry,tracing,metrics}.*',
];
const MANIFESTS = ['package.json', 'pyproject.toml', 'requirements*.txt', 'Dockerfile*', 'Procfile'];

/** A text of several lines in Python, and what is before it where it begins a line: then it is there for people. */
const LONG_TEXT = /(?:(^[ \t]{0,200}[rRuU]?)|)("{3}|'{3})[\s\S]*?\2/gm;

/** Libraries and ways by which log lines become JSON. */
const JSON_LOGS =
  /\b(?:pino|bunyan|JsonFormatter|jsonlogger|python-json-logger|JSONRenderer|NewJSONHandler)\b|format\.json\(|JSON\.stringify\(|json\.dumps\(|serialize\s*=\s*True/;
/** What makes a span for each request without a line in the code that serves it. */
const AUTOMATIC =
  /\b\w*(?:FastAPI|Flask|Django|Starlette|ASGI|Http|Express|Fastify)Instrument(?:or|ation)\b|auto-instrumentations-node|getNodeAutoInstrumentations|opentelemetry-instrument\b|dd-trace\/init|ddtrace-run|@fastify\/otel/;
const LATENCY_METRIC =
  /(?:histogram|summary|distribution|timer|timing)\w{0,60}\W[\s\S]{0,300}?(?:latenc|duration|response[_. ]?time|elapsed|_seconds|_ms\b|\.ms\b)/i;

/** What the project does for all of its code, as far as names tell. */
export interface House {
  readonly hasJsonLogs: boolean;
  readonly hasAutomaticSpans: boolean;
  readonly hasLatencyMetric: boolean;
  /** Words of the files that set it up: what they name, they may add to every log line. */
  readonly words: ReadonlySet<string>;
}

/** Reads the files that set things up, the manifests, and what the change itself has written. */
export async function readHouse(
  evidence: Evidence,
  { globs, sources }: { readonly globs: readonly string[]; readonly sources: readonly ChangedSource[] },
): Promise<House> {
  const isSetUp = picomatch([...globs], { dot: true });
  const isManifest = picomatch(MANIFESTS, { basename: true });
  const paths = await evidence.paths();
  const setUp = await readAll(
    evidence,
    paths.filter((path) => isSetUp(path) && isSource(path)),
  );
  const others = await readAll(evidence, [
    ...sources.map(({ path }) => path),
    ...paths.filter((path) => isManifest(path)),
  ]);
  const all = `${setUp}\n${others}`;
  const automatic = AUTOMATIC.test(all);
  return {
    hasJsonLogs: JSON_LOGS.test(all),
    hasAutomaticSpans: automatic,
    // What makes a span for each request records its duration, too.
    hasLatencyMetric: automatic || LATENCY_METRIC.test(all),
    words: new Set(setUp.match(/[A-Za-z][\w-]{0,60}/g)?.map(toId) ?? []),
  };
}

/** `request_id`, `requestId` and `request-id` are one. */
export function toId(name: string): string {
  return wordsOf(name).join('');
}

async function readAll(evidence: Evidence, paths: readonly string[]): Promise<string> {
  const texts: string[] = [];
  let left = MAX_CHARACTERS;
  for (const path of paths.slice(0, MAX_FILES)) {
    const text = toCode(path, (await readText(evidence, 'head', path)) ?? '');
    texts.push(text.slice(0, left));
    left -= text.length;
    if (left <= 0) {
      break;
    }
  }
  return texts.join('\n');
}

/** A comment that speaks of a span starts none. */
function toCode(path: string, text: string): string {
  const code = withoutComments(path, text);
  return path.endsWith('.py') ? withoutDocstrings(code) : code;
}

/** All long texts are gone through, so that the end of one is never taken for the beginning of the next. */
function withoutDocstrings(code: string): string {
  return code.replaceAll(LONG_TEXT, (text, before: string | undefined) => (before === undefined ? text : ''));
}
