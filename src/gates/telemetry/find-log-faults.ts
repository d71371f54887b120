import type { Finding } from '../../domain/finding.ts';
import type { ChangedSource } from '../source/changed-sources.ts';
import { logCallsOf, printCallsOf } from '../source/log-calls.ts';
import { lastOf, type SourceCall, type SourceFacts, within } from '../source/source-facts.ts';
import { type House, toId } from './house.ts';

/** What gives a logger its ids for all that it logs. */
const BINDERS =
  /^(?:child|bind|bind_contextvars|bound_contextvars|contextualize|LoggerAdapter|setBindings|with_context|withContext)$/;

/** Escapes of what is no ASCII, as they are written. */
const ESCAPED =
  /(?<!\\)\\(?:u(?!00[0-7])[\dA-Fa-f]{4}|u\{(?!0{0,4}[0-7]?[\dA-Fa-f]\})|U(?!000000[0-7])[\dA-Fa-f]{8}|N\{|x[89A-Fa-f][\dA-Fa-f])/;

/** What is wrong with the log statements that the change adds, and how many there are. */
export function findLogFaults(
  sources: readonly ChangedSource[],
  house: House,
  ids: readonly string[],
): { readonly findings: readonly Finding[]; readonly count: number } {
  const wanted = ids.filter((id) => !house.words.has(toId(id)));
  const judged = sources.map((source) => judgeSource(source, wanted));
  const count = judged.reduce((sum, one) => sum + one.count, 0);
  return {
    count,
    findings: [
      ...judged.flatMap(({ findings }) => findings),
      ...(count === 0 || house.hasJsonLogs ? [] : [NOT_JSON]),
    ],
  };
}

const NOT_JSON: Finding = {
  message:
    'Nothing says that log lines are JSON. Set the logger up so in one place, such as `telemetry.py` or `logger.ts`: with pino, python-json-logger, structlog, or a formatter of your own.',
  severity: 'error',
};

function judgeSource({ path, facts, isAdded }: ChangedSource, wanted: readonly string[]) {
  const printed = printCallsOf(facts).filter(isAdded);
  const logged = logCallsOf(facts).filter((call) => isAdded(call) && !printed.includes(call));
  const unbound = wanted.filter((id) => !isBound(facts, id));
  const findings = [
    ...printed.map(({ line, callee }) =>
      toFinding(
        path,
        line,
        `\`${callee}\` writes no JSON and has no ids. Log through the logger of the project.`,
      ),
    ),
    ...logged.flatMap((call) => findMissing(path, call, { facts, ids: unbound })),
    ...[...printed, ...logged].flatMap((call) => findForeign(path, call, facts)),
  ];
  return { findings, count: printed.length + logged.length };
}

/** Whether a call of the file binds the id to a logger. */
function isBound(facts: SourceFacts, id: string): boolean {
  return facts.calls
    .filter(({ callee }) => BINDERS.test(lastOf(callee)))
    .some((call) => mentions(facts, call, id));
}

function mentions(facts: SourceFacts, call: SourceCall, id: string): boolean {
  const said = [...within(facts.keys, call), ...within(facts.names, call)];
  return said.some(({ text }) => toId(lastOf(text)) === toId(id));
}

function findMissing(
  path: string,
  call: SourceCall,
  { facts, ids }: { readonly facts: SourceFacts; readonly ids: readonly string[] },
): readonly Finding[] {
  const missing = ids.filter((id) => !mentions(facts, call, id));
  return missing.length === 0
    ? []
    : [
        toFinding(
          path,
          call.line,
          `This log statement has no ${missing.join(' and no ')}. Pass them, bind them to the logger, or let the logger of the project add them.`,
        ),
      ];
}

function findForeign(path: string, call: SourceCall, facts: SourceFacts): readonly Finding[] {
  return within(facts.texts, call)
    .filter(({ text }) => isForeign(text))
    .map(({ line, text }) =>
      toFinding(
        path,
        line,
        `Logs are plain ASCII: write \`${text.slice(0, 100)}\` without emoji or accents.`,
      ),
    );
}

function isForeign(text: string): boolean {
  return ESCAPED.test(text) || /\P{ASCII}/u.test(text);
}

function toFinding(path: string, line: number, message: string): Finding {
  return { path, line, message, severity: 'error' };
}
