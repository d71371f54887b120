import { ReadableStream, WritableStream } from 'node:stream/web';
import type { AnyMessage, Stream } from '@agentclientprotocol/sdk';
import { z } from 'zod';
import type { SandboxedProcess } from '../../ports/sandbox.ts';
import { parseJson } from '../parts/parse-json.ts';

const messageSchema = z.union([
  z.looseObject({ jsonrpc: z.literal('2.0'), method: z.string() }),
  z.looseObject({ jsonrpc: z.literal('2.0'), id: z.union([z.string(), z.number(), z.null()]) }),
]);

/**
 * A process's standard streams as the library wants them. What an agent tells of its work is heard here, in the order in
 * which it comes and before the answer of the turn that it belongs to; the library would let one overtake the other.
 * Lines that are no messages are left out.
 */
export function openWire(
  process: Pick<SandboxedProcess, 'lines' | 'send'>,
  hear: (notification: unknown) => void,
): Stream {
  async function* readMessages(): AsyncGenerator<AnyMessage> {
    for await (const line of process.lines) {
      const { data: message } = messageSchema.safeParse(parseJson(line));
      if (message === undefined) {
        continue;
      }
      if ('method' in message && !('id' in message)) {
        hear(message);
      } else {
        yield message as AnyMessage; // Its form was looked at; the library looks at the rest.
      }
    }
  }
  return {
    readable: ReadableStream.from(readMessages()),
    writable: new WritableStream<AnyMessage>({ write: (message) => process.send(JSON.stringify(message)) }),
  };
}
