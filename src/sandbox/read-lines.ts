import type { Readable } from 'node:stream';

const MAX_LINE_LENGTH = 4 * 1024 ** 2;

/** The whole lines of a stream, as they come. Longer ones than the limit are left out, so that memory stays bounded. */
export async function* readLines(
  stream: Readable | null,
  maxLength: number = MAX_LINE_LENGTH,
): AsyncGenerator<string, void, undefined> {
  if (stream === null) {
    return;
  }
  stream.setEncoding('utf8');
  let open = '';
  let tooLong = false;
  try {
    for await (const chunk of stream) {
      const [first = '', ...rest] = String(chunk).split('\n');
      open += first;
      for (const next of rest) {
        if (!tooLong && open.length <= maxLength) {
          yield open;
        }
        tooLong = false;
        open = next;
      }
      if (open.length > maxLength) {
        tooLong = true;
        open = '';
      }
    }
  } catch {
    // The process has ended and somebody else still held its output, which was closed then.
  }
}
