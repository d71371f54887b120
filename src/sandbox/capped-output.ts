/** Collects output of any length in bounded memory: the beginning and the end are kept, the middle is counted. */
export interface CappedOutput {
  add(chunk: Buffer): void;
  /** The text, with a line that says how much is missing when something is. */
  read(): string;
}

export function createCappedOutput(maxBytes: number): CappedOutput {
  const half = Math.floor(maxBytes / 2);
  let head = Buffer.alloc(0);
  let tail: Buffer[] = [];
  let tailBytes = 0;
  let total = 0;

  function compact(): void {
    const joined = Buffer.concat(tail);
    tail = [Buffer.from(joined.subarray(Math.max(0, joined.length - half)))];
    tailBytes = tail[0]?.length ?? 0;
  }

  return {
    add(chunk) {
      total += chunk.length;
      const room = half - head.length;
      if (room > 0) {
        head = Buffer.concat([head, chunk.subarray(0, room)]);
      }
      if (chunk.length > room) {
        tail.push(chunk.subarray(Math.max(0, room)));
        tailBytes += chunk.length - Math.max(0, room);
      }
      // Not at every chunk, or many small ones would be copied again and again.
      if (tailBytes > 2 * half) {
        compact();
      }
    },
    read() {
      compact();
      const end = tail[0] ?? Buffer.alloc(0);
      if (head.length + end.length === total) {
        return Buffer.concat([head, end]).toString();
      }
      const [first, last] = [toWholeEnd(head), toWholeStart(end)];
      const cut = total - first.length - last.length;
      return `${first.toString()}\n[... ${cut} bytes cut ...]\n${last.toString()}`;
    },
  };
}

/** Without a last character of which only some bytes are there. */
function toWholeEnd(bytes: Buffer): Buffer {
  for (let back = 1; back <= Math.min(4, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (!isContinuation(byte)) {
      return back < toLength(byte) ? bytes.subarray(0, bytes.length - back) : bytes;
    }
  }
  return bytes;
}

function toWholeStart(bytes: Buffer): Buffer {
  const start = bytes.subarray(0, 4).findIndex((byte) => !isContinuation(byte));
  return start === -1 ? bytes : bytes.subarray(start);
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

/** How many bytes a UTF-8 character has, by its first byte. */
function toLength(byte: number): number {
  if (byte >= 0xf0) {
    return 4;
  }
  if (byte >= 0xe0) {
    return 3;
  }
  return byte >= 0xc0 ? 2 : 1;
}
