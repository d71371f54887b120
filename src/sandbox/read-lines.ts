import type { Readable } from 'node:stream';

const MAX_LINE_LENGTH = 4 * 1024 ** 2;

/** The whole lines of a stream, as they come. Longer ones than the limit are left out, so that memory stays bounded. */
export async function* readLines(stream: Readable | null): AsyncGenerator<string, void, undefined> {
  if (stream === null) {
    return;
  }
  stream.setEncoding('utf8');
  const take = createSplitter();
  try {
    for await (const chunk of stream) {
      yield* take(String(chunk));
    }
  } catch {
    // The process has ended and somebody else still held its output, which was closed then.
  }
}

/** Takes text in any pieces, and gives the lines that a piece completes. */
function createSplitter(): (text: string) => readonly string[] {
  let open = '';
  let tooLong = false;
  return (text) => {
    const [first = '', ...rest] = text.split('\n');
    const lines: string[] = [];
    open += first;
    for (const next of rest) {
      lines.push(...(tooLong || open.length > MAX_LINE_LENGTH ? [] : [open]));
      tooLong = false;
      open = next;
    }
    if (open.length > MAX_LINE_LENGTH) {
      tooLong = true;
      open = '';
    }
    return lines;
  };
}
