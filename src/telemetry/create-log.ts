import type { Logger } from 'pino';
import { destination, pino, stdSerializers, stdTimeFunctions } from 'pino';
import { createMask } from './create-mask.ts';
import { toPrettyLine } from './to-pretty-line.ts';

export interface LogOptions {
  readonly level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  readonly format: 'pretty' | 'json';
  /** Values that must never leave the process. */
  readonly secrets: readonly string[];
  /** Where the masked lines go; standard output when absent. */
  readonly write?: (text: string) => void;
}

const HEADERS = [
  'authorization',
  'Authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'x-hub-signature',
  'x-hub-signature-256',
];

/**
 * A pino log, which is also the `Log` port. Lines are written before the call returns, so that the last words of a
 * dying process are not lost, and every line is masked on its way out.
 */
export function createLog({ level, format, secrets, write = createStdout() }: LogOptions): Logger {
  const mask = createMask(secrets);
  const stream = {
    write(line: string) {
      write(mask(format === 'pretty' ? toPrettyLine(line) : escapeControls(line)));
    },
  };
  return pino(
    {
      level,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: stdSerializers.err, err: stdSerializers.err },
      redact: { paths: HEADERS.flatMap(toPaths), censor: '[secret]' },
    },
    stream,
  );
}

/** JSON lets some control characters through that a terminal obeys. In a line of JSON they stand only inside strings. */
function escapeControls(json: string): string {
  return json.replaceAll(
    /[\u007F-\u009F\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A header set is logged by itself, in a request or response, or in one of those inside an error. */
function toPaths(header: string): string[] {
  return ['headers', '*.headers', '*.*.headers'].map((place) => `${place}["${header}"]`);
}

function createStdout(): (text: string) => void {
  const stdout = destination({ dest: 1, sync: true });
  return (text) => void stdout.write(text);
}
