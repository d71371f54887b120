import { Transform } from 'node:stream';
import { z } from 'zod';
import { createFrameReader, type EventFrame } from './event-frames.ts';

const chunkSchema = z.object({ bytes: z.base64() });
const eventSchema = z.looseObject({ type: z.string().regex(/^[a-z_]{1,60}$/) });

/** Turns the event stream of Bedrock into the server-sent events that Anthropic's own API gives. */
export function toServerEvents(): Transform {
  const read = createFrameReader();
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      try {
        done(null, read(chunk).map(toEvent).join(''));
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
      }
    },
  });
}

function toEvent({ headers, payload }: EventFrame): string {
  if (headers.get(':message-type') !== 'event') {
    const kind = headers.get(':exception-type') ?? headers.get(':error-code') ?? 'an error';
    const type = kind === 'throttlingException' ? 'overloaded_error' : 'api_error';
    const message = `The provider broke off in the middle of its answer (${kind.slice(0, 80)}).`;
    return toText('error', { type: 'error', error: { type, message } });
  }
  const { bytes } = chunkSchema.parse(JSON.parse(payload.toString('utf8')));
  const event = eventSchema.parse(JSON.parse(Buffer.from(bytes, 'base64').toString('utf8')));
  return toText(event.type, event);
}

function toText(type: string, data: unknown): string {
  return `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
}
