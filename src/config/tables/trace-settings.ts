import { z } from 'zod';
import { toSecret } from '../secret.ts';
import { defineSetting } from '../setting.ts';

/** Where traces are sent besides the database. The names are OpenTelemetry's. */
export const traceSettings = {
  OTEL_EXPORTER_OTLP_ENDPOINT: defineSetting({
    description:
      'Base URL of an OpenTelemetry collector that takes OTLP as JSON over HTTP. Without it nothing is sent. See ' +
      '[the guide](../guides/traces.md).',
    schema: z
      .url({ protocol: /^https?$/, error: 'must be a URL that begins with http:// or https://' })
      .optional(),
    remedy: 'Leave it out, or write it as http://127.0.0.1:4318.',
  }),
  OTEL_EXPORTER_OTLP_HEADERS: defineSetting({
    description: 'Headers for the collector, as `name=value` separated by commas; values percent-encoded.',
    schema: z
      .string()
      .regex(/^[\w-]+=[^,=]+(?:,[\w-]+=[^,=]+)*$/, 'must be name=value, separated by commas')
      .transform(toHeaders)
      .optional(),
    remedy: 'Write it as authorization=Bearer%20TOKEN, or leave it out.',
    secret: true,
  }),
};

function toHeaders(text: string): ReadonlyMap<string, ReturnType<typeof toSecret>> {
  return new Map(
    text.split(',').map((pair) => {
      const [name = '', value = ''] = pair.split('=');
      return [name.trim().toLowerCase(), toSecret(decode(value.trim()))];
    }),
  );
}

/** What is not encoded is meant as it stands. */
function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
