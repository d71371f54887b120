import { lastOf, type SourceCall, type SourceFacts } from './source-facts.ts';

const METHODS =
  /^(?:trace|debug|info|log|warn|warning|error|critical|fatal|exception|notice|verbose|silly|success)$/;
/** `log`, `logger`, `_logger`, `requestLog`, `audit_logger`; not `catalog` or `dialog`. */
const LOGGERS =
  /^_*(?:log|logger|logging|loguru|winston|pino|structlog|\w+(?:Log|Logger|_log|_logger))(?:\(\))*$/;
const PRINTS =
  /^(?:console\.(?:trace|debug|info|log|warn|error|table|dir|dirxml|group|groupCollapsed)|print|pprint)$/;
/** What a logger of the project may end in, too. */
const WRITES = /^(?:process|sys)\.(?:__)?std(?:out|err)(?:__)?\.(?:write|writelines)$/;

/** Calls that write a log line through a logger. */
export function logCallsOf({ calls }: SourceFacts): readonly SourceCall[] {
  return calls.filter(({ callee }) => isLogCall(callee));
}

/** Calls that write a line past every logger. */
export function printCallsOf({ calls }: SourceFacts): readonly SourceCall[] {
  return calls.filter(({ callee }) => PRINTS.test(callee));
}

/** Calls that write to where log lines go, whatever they write. */
export function writeCallsOf({ calls }: SourceFacts): readonly SourceCall[] {
  return calls.filter(({ callee }) => WRITES.test(callee));
}

export function isLogCall(callee: string): boolean {
  const receivers = callee.split('.').slice(0, -1);
  return METHODS.test(lastOf(callee)) && receivers.some((part) => LOGGERS.test(part));
}
